/**
 * Stage 5: in comes the ledger of one run, out go the files that a person or a machine reads afterwards: CSV, JSON, HTML,
 * XLSX and the inventory of the rows to repeat. {@link dev.smsrunner.report.ReportData} is read once and all formats are written
 * from it. Reads only; the same ledger gives the same bytes.
 */
@NullMarked
package dev.smsrunner.report;

import org.jspecify.annotations.NullMarked;
