package dev.smsrunner.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks window and time of the launch of each row against the windows of the job file. */
final class CutoverCheck {

    private final ProblemList findings;
    private final RowRules rules;
    private final LaunchOrder order;
    private final Set<String> checkedWaves = new HashSet<>();

    CutoverCheck(ProblemList findings, RowRules rules, LaunchOrder order) {
        this.findings = findings;
        this.rules = rules;
        this.order = order;
    }

    void check(InventoryRow row) {
        if (!rules.launchesTargets() || !row.isOkToMigrate()) {
            return;
        }
        if (order.holdsStarts()) {
            rejectWithAutoLaunch(row, Column.CUTOVER_WINDOW);
            rejectWithAutoLaunch(row, Column.CUTOVER_AT);
            return;
        }
        var windows = order.windowsOf(row.waveName());
        var name = row.cutoverWindow();
        if (name.isEmpty()) {
            checkOverlap(row, windows);
        } else if (LostValue.problemOf(name) != null || !checkName(row, name, windows)) {
            return;
        }
        var at = row.cutoverAt();
        var used = windows.stream()
                .filter(window -> name.isEmpty() || window.name().equals(name))
                .toList();
        if (at != null && !used.isEmpty() && used.stream().noneMatch(window -> window.allows(at))) {
            problem(
                    row,
                    Column.CUTOVER_AT,
                    "%s is outside every window of the row: %s".formatted(row.value(Column.CUTOVER_AT), describe(used)),
                    "write a time inside one of them");
        }
    }

    private void rejectWithAutoLaunch(InventoryRow row, Column column) {
        if (!row.value(column).isEmpty()) {
            problem(
                    row,
                    column,
                    "is not possible with cutover.when: auto",
                    "write cutover.when: synced in the job file, or empty the cell");
        }
    }

    /** Returns whether the row may use the window. */
    private boolean checkName(InventoryRow row, String name, List<LaunchWindow> windows) {
        var all = order.windowsOf("");
        var names = all.stream()
                .map(LaunchWindow::name)
                .filter(one -> !one.isEmpty())
                .toList();
        if (names.isEmpty()) {
            problem(
                    row,
                    Column.CUTOVER_WINDOW,
                    "the job file has no cutover.windows",
                    "write the window " + QuotedText.of(name) + " there, or empty the cell");
            return false;
        }
        if (!names.contains(name)) {
            problem(
                    row,
                    Column.CUTOVER_WINDOW,
                    QuotedText.of(name) + " is not a window of the job file",
                    Suggestions.advice(name, names, "write one of " + String.join(", ", names)));
            return false;
        }
        if (windows.stream().noneMatch(window -> window.name().equals(name))) {
            problem(
                    row,
                    Column.CUTOVER_WINDOW,
                    "%s is not a window of wave %s".formatted(QuotedText.of(name), QuotedText.of(row.waveName())),
                    "write one of " + names(windows) + ", or add it to windows of the wave in the job file");
            return false;
        }
        return true;
    }

    private void checkOverlap(InventoryRow row, List<LaunchWindow> windows) {
        if (!checkedWaves.add(row.waveName())) {
            return;
        }
        for (var one : windows) {
            for (var other : windows) {
                if (one.name().compareTo(other.name()) < 0 && one.overlaps(other)) {
                    problem(
                            row,
                            Column.WAVE_NAME,
                            "the windows %s and %s of its wave overlap".formatted(one.name(), other.name()),
                            "write one of them in cutover_window, or in windows of the wave in the job file");
                    return;
                }
            }
        }
    }

    private void problem(InventoryRow row, Column column, String what, String advice) {
        findings.problem(row.line(), column.label(), what, advice);
    }

    private static String names(List<LaunchWindow> windows) {
        return windows.stream().map(LaunchWindow::name).collect(Collectors.joining(", "));
    }

    private static String describe(List<LaunchWindow> windows) {
        return windows.stream()
                .map(window -> (window.name().isEmpty() ? "" : window.name() + " ") + window.text())
                .collect(Collectors.joining(", "));
    }
}
