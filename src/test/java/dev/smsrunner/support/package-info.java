/** Test support for several packages: a manual clock, an in-memory service, databases. */
@NullMarked
package dev.smsrunner.support;

import org.jspecify.annotations.NullMarked;
