/**
 * Stage 5: reports of one run from its ledger, as CSV, JSON, HTML, XLSX and an inventory for the rerun. All formats use one
 * {@link dev.smsrunner.report.ReportData}. The package only reads the ledger; the same ledger gives the same bytes.
 */
@NullMarked
package dev.smsrunner.report;

import org.jspecify.annotations.NullMarked;
