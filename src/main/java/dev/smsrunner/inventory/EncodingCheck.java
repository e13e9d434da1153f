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
            String verb = others == 1 ? "has" : "have";
            String more =
                    others == 0 ? "" : "; %s below %s the same problem".formatted(Plural.of(others, "more row"), verb);
            findings.problem(firstLine, "row", first.what() + more, first.advice());
        }
    }
}
