package dev.smsrunner.inventory;

import org.jspecify.annotations.Nullable;

/** Reports rows in another encoding as one problem, since the cause is the encoding of the file. */
final class EncodingCheck {

    private final ProblemList findings;
    private @Nullable CellProblem first;
    private int firstLine;
    private int others;

    EncodingCheck(ProblemList findings) {
        this.findings = findings;
    }

    void add(CsvRecord record) {
        if (first == null) {
            first = record.fault();
            firstLine = record.line();
        } else {
            others++;
        }
    }

    void finish() {
        if (first != null) {
            String more = others == 0 ? "" : "; " + Plural.of(others, "more row") + " below have the same problem";
            findings.problem(firstLine, "row", first.what() + more, first.advice());
        }
    }
}
