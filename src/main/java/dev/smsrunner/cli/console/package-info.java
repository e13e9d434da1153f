/**
 * The terminal of the operator. In: the events and the rows of a run. Out: lines, tables and a redrawn progress block on
 * standard output and standard error, without waiting for an unread stream.
 */
@NullMarked
package dev.smsrunner.cli.console;

import org.jspecify.annotations.NullMarked;
