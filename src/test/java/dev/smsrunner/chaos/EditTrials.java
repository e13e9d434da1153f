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

/** The files of the operator are edited between the death of a run and the command that goes on with it. */
final class EditTrials {

    private static final int REFUSED = 3;

    private EditTrials() {}

    /** Each kind of edit is refused with what differs; one that changes nothing is not. */
    static void each(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet().job("limits.requests-per-second", "20").speed(1_000)) {
            try (var child = InstrumentedProgram.run(night, ground.switches())) {
                child.until("some are started", () -> night.cloud().starts().size() > 2)
                        .kill();
            }
            int changes = night.cloud().changes().size();
            inventory().forEach((what, edit) -> refused(night, inventoryOf(night), what, edit, findings));
            job().forEach((what, edit) -> refused(night, night.jobFile(), what, edit, findings));
            findings.same(night.cloud().changes().size(), changes, "a refused command changes nothing");
            edited(inventoryOf(night), text -> "\uFEFF" + text.replace("\n", "\r\n"));
            finished(ground, night, findings);
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
            Scenario night, Path file, String what, UnaryOperator<String> edit, TrialFindings findings) {
        var before = edited(file, edit);
        var said = Shell.execute(
                night.environment(), night.onThisDatabase("run", night.jobFile().toString(), "--json"));
        findings.holds(
                said.exit() == REFUSED && said.err().contains("has changed"), "an edit is refused", what + ": " + said);
        edited(file, text -> before);
    }

    /** Gives the text before the edit. */
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

    private static Path inventoryOf(Scenario night) {
        return night.directory().resolve("inventory.csv");
    }

    private static void finished(TrialSetup ground, Scenario night, TrialFindings findings) {
        try (var child = InstrumentedProgram.start(
                night, ground.switches(), "run", night.jobFile().toString(), "--json")) {
            var told = child.ended();
            findings.holds(told.exitCode() == 0, "the same command finishes it", told.exitCode() + " " + told.err());
            if (told.exitCode() == 0) {
                new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
            }
        }
    }
}
