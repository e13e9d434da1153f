package dev.smsrunner.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Collects the problems and warnings of one file: the first 100 problems in full, the rest as a number. */
final class ProblemList {

    static final int MAX_LISTED = 100;

    private final Path file;
    private final List<RowProblem> problems = new ArrayList<>();
    private final List<RowWarning> warnings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final boolean accepted;
    private Map<String, String> headers = Map.of();
    private int unlisted;

    ProblemList(Path file) {
        this(file, false);
    }

    /** @param accepted whether an unfinished run has accepted the file, perhaps under the rules of an earlier version */
    ProblemList(Path file, boolean accepted) {
        this.file = file;
        this.accepted = accepted;
    }

    /** @param byColumn names in the header of the file by the label of their column, where the two differ */
    void nameHeaders(Map<String, String> byColumn) {
        headers = Map.copyOf(byColumn);
    }

    /** Column with its name in the header of the file, by which the operator finds it. */
    private String withHeader(String column) {
        String header = headers.get(column);
        return header == null ? column : column + " (\"" + QuotedText.inMessage(header) + "\")";
    }

    void problem(int line, String column, String what, String advice) {
        if (problems.size() < MAX_LISTED) {
            problems.add(new RowProblem(file, line, withHeader(column), what, advice));
        } else {
            unlisted++;
        }
    }

    void problem(int line, String column, CellProblem fault) {
        problem(line, column, fault.what(), fault.advice());
    }

    /** Problem by a rule that earlier versions did not have; a warning for a file that an unfinished run has accepted. */
    void newProblem(int line, String column, CellProblem fault) {
        if (accepted) {
            warning(
                    line,
                    column,
                    fault.what(),
                    "the unfinished run has accepted it; for the next run, " + fault.advice());
        } else {
            problem(line, column, fault);
        }
    }

    /** Sentence on how the runner reads the file. */
    void note(String sentence) {
        notes.add(sentence);
    }

    void warning(int line, String column, String what, String advice) {
        warnings.add(new RowWarning(file, line, withHeader(column), what, advice));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    InventoryCheckResult toResult(int rows, String sha256, List<String> header, List<String> leftOut) {
        problems.sort(Comparator.comparingInt(RowProblem::line));
        return new InventoryCheckResult(problems, unlisted, warnings, notes, rows, sha256, header, leftOut);
    }
}
