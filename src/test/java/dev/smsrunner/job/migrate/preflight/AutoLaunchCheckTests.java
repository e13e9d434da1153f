package dev.smsrunner.job.migrate.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverSettings.LaunchMode;
import dev.smsrunner.jobfile.CutoverSettings.OnDifference;
import dev.smsrunner.support.FakeSms;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conflicts of a task that may launch its target by itself with the launch rules of its row. */
class AutoLaunchCheckTests {

    private static final Instant TEN = Instant.parse("2026-11-21T22:00:00Z");
    private static final AutoLaunchCheck FREE = new AutoLaunchCheck(
            new CutoverSettings(LaunchMode.SYNCED, null), Map.of("wave-2", List.of("wave-1")), null, Duration.ZERO);

    private final FakeSms sms = new FakeSms();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            depends_on         | hr-db-01;hr-mq-01@synced | depends_on hr-db-01;hr-mq-01@synced
            wave_name          | wave-2                   | waves.wave-2.after wave-1
            wave_name          | wave-1                   | -
            verify_consistency | yes                      | -
            """)
    void conflictListsDependenciesAndWaves(String column, String cell, @Nullable String broken) {
        assertThat(unshown(FREE, "READY", column, cell))
                .isEqualTo(broken == null ? "" : "That may break " + broken + ".");
    }

    @Test
    void conflictListsCutoverSettings() {
        var window = new CutoverSettings.Window(TEN, TEN.plusSeconds(3600), Duration.ZERO, ZoneOffset.UTC);

        assertThat(unshown(AutoLaunchCheck.of(new CutoverSettings(LaunchMode.SYNCED, window)), "ABORT"))
                .isEqualTo("That may break cutover.window.");
        assertThat(unshown(AutoLaunchCheck.of(new CutoverSettings(LaunchMode.MANUAL, null)), "RUNNING"))
                .isEqualTo("That may break cutover.when: manual.");
        assertThat(unshown(
                        new AutoLaunchCheck(
                                new CutoverSettings(LaunchMode.SYNCED, null), Map.of(), 10, Duration.ofSeconds(30)),
                        "READY"))
                .isEqualTo("That may break cutover.launches 10, cutover.pace 30s.");
        assertThat(unshown(
                        AutoLaunchCheck.of(new CutoverSettings(LaunchMode.SYNCED, null, OnDifference.HOLD)),
                        "READY",
                        "verify_consistency",
                        "yes"))
                .isEqualTo("That may break cutover.on-difference: hold.");
    }

    @Test
    void conflictWithoutManualLaunchOnlyForCopyUnderWay() {
        var auto =
                new AutoLaunchCheck(new CutoverSettings(LaunchMode.AUTO, null), Map.of(), 10, Duration.ofSeconds(30));

        assertThat(unshown(auto, "READY", "depends_on", "db")).isEmpty();
        assertThat(unshown(auto, "RUNNING", "depends_on", "db")).isEqualTo("That may break depends_on db.");
        assertThat(unshown(auto, "RUNNING")).isEmpty();
    }

    @Test
    void taskInSyncHasNoWarning() {
        assertThat(unshown(FREE, "SYNCING", "depends_on", "db")).isEmpty();
    }

    @Test
    void selfLaunchingTaskIsRefusedForWaitingRow() {
        var task = task("READY", false);

        assertThat(FREE.conflictOf(Rows.row("depends_on", "db"), task))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("created with syncing=false", "That would break depends_on db.", "Delete that task"));
        assertThat(FREE.conflictOf(Rows.row(), task)).isEmpty();
        assertThat(AutoLaunchCheck.of(new CutoverSettings(LaunchMode.AUTO, null))
                        .conflictOf(Rows.row("depends_on", "db"), task))
                .isEmpty();
    }

    @Test
    void copyUnderWayWithoutManualLaunchBreaksTheOrder() {
        var auto = AutoLaunchCheck.of(new CutoverSettings(LaunchMode.AUTO, null));

        assertThat(auto.conflictOf(Rows.row("depends_on", "db"), task("RUNNING", false)))
                .hasValueSatisfying(why -> assertThat(why).contains("That would break depends_on db."));
        assertThat(auto.conflictOf(Rows.row(), task("RUNNING", false))).isEmpty();
    }

    /** Sentence of the warning that lists the broken rules; empty without a warning. */
    private String unshown(AutoLaunchCheck rule, String state, String... changes) {
        return rule.launchWarning(Rows.row(changes), task(state, null))
                .map(text ->
                        text.replaceAll("^SMS does not show .* copy ends\\. (That may break .*\\.) Delete .*$", "$1"))
                .orElse("");
    }

    private dev.smsrunner.sms.MigrationTask task(String state, @Nullable Boolean syncing) {
        sms.server("source-1");
        var task = sms.task("source-1");
        task.state = state;
        task.syncing = syncing;
        return sms.showTask(task.id);
    }
}
