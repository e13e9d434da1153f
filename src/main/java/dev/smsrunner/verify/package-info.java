/**
 * Verification of a run against the invariants. Input: ledger tables, reports on disk, and optionally the audit of a simulated
 * service and the service itself (read only). Output: violations with evidence, and omitted checks. The package is independent
 * of the code that decides and acts.
 */
@NullMarked
package dev.smsrunner.verify;

import org.jspecify.annotations.NullMarked;
