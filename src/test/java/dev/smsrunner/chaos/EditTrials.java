package dev.smsrunner.chaos;

import dev.smsrunner.cli.Shell;
import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The files of the operator are edited between a kill and the resume. */
final class EditTrials {

    private static final int REFUSED = 3;

    private EditTrials() {}

    /** Each edit is refused with the difference. An edit without an effect is accepted. */
    static void each(TrialSetup setup, TrialFindings findings) {
        try (var scenario =
                setup.quiet().job("limits.requests-per-second", "20").speed(1_000)) {
            try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                child.until("some are started", () -> scenario.cloud().starts().size() > 2)
                        .kill();
            }
            int changes = scenario.cloud().changes().size();
            inventory().forEach((what, edit) -> refused(scenario, inventoryOf(scenario), what, edit, findings));
            job().forEach((what, edit) -> refused(scenario, scenario.jobFile(), what, edit, findings));
            findings.same(scenario.cloud().changes().size(), changes, "a refused command changes nothing");
            edited(inventoryOf(scenario), text -> "\uFEFF" + text.replace("\n", "\r\n"));
            finished(setup, scenario, findings);
        }
    }

    private static Map<String, UnaryOperator<String>> inventory() {
        var edits = new LinkedHashMap<String, UnaryOperator<String>>();
        edits.put(
                "a row added",
                text -> text
                        + lines(text)
                                .get(1)
                                .replaceAll("[a-z]+-app-01", "new-app-01")
                                .replaceAll("10\\.\\d+\\.\\d+\\.\\d+", "10.99.0.1")
                        + "\n");
        edits.put("a row removed", text -> String.join("\n", lines(text).subList(0, 12)) + "\n");
        edits.put("a cell changed", text -> text.replaceFirst("MIGRATE_FILE", "MIGRATE_BLOCK"));
        edits.put("two rows exchanged", EditTrials::exchanged);
        return edits;
    }

    private static Map<String, UnaryOperator<String>> job() {
        var edits = new LinkedHashMap<String, UnaryOperator<String>>();
        edits.put("a limit", text -> text.replace("requests-per-second: 20", "requests-per-second: 30"));
        edits.put("the region", text -> text.replace("ap-southeast-3", "ap-southeast-1"));
        edits.put(
                "a window",
                text -> text + "cutover: {window: {open: '2020-01-01T00:00Z', close: '2099-01-01T00:00Z'}}\n");
        edits.put("the restarts", text -> text.replace("retry:\n", "retry:\n  restarts: 7\n"));
        return edits;
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static String exchanged(String text) {
        var lines = new ArrayList<>(lines(text));
        lines.add(2, lines.remove(5));
        return String.join("\n", lines) + "\n";
    }

    private static void refused(
            Scenario scenario, Path file, String what, UnaryOperator<String> edit, TrialFindings findings) {
        var before = edited(file, edit);
        var output = Shell.execute(
                scenario.environment(),
                scenario.withDatabase("run", scenario.jobFile().toString(), "--json"));
        findings.holds(
                output.exit() == REFUSED && output.err().contains("has changed"),
                "an edit is refused",
                what + ": " + output);
        edited(file, text -> before);
    }

    /** Edits the file and returns the previous text. */
    private static String edited(Path file, UnaryOperator<String> edit) {
        try {
            var before = Files.readString(file);
            var after = edit.apply(before);
            Files.writeString(file, after);
            return before;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Path inventoryOf(Scenario scenario) {
        return scenario.directory().resolve("inventory.csv");
    }

    private static void finished(TrialSetup setup, Scenario scenario, TrialFindings findings) {
        try (var child = InstrumentedProgram.start(
                scenario, setup.switches(), "run", scenario.jobFile().toString(), "--json")) {
            var result = child.awaitEnd();
            findings.holds(
                    result.exitCode() == 0, "the same command finishes it", result.exitCode() + " " + result.err());
            if (result.exitCode() == 0) {
                new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
            }
        }
    }
}
