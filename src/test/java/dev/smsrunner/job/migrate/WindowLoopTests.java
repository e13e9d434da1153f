package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.ManualClock;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server in sync and two windows, on a clock that moves as the process waits: processes that die at each edge, a machine that
 * sleeps over an edge, a lost answer, and the pause at the close.
 */
class WindowLoopTests {

    @TempDir
    static Path directory;

    private static final Instant BEGIN = ManualClock.START;

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "job",
            "migrate",
            "cutover.when",
            "synced",
            "cutover.windows.fri.open",
            at("10m"),
            "cutover.windows.fri.close",
            at("40m"),
            "cutover.windows.fri.lockout",
            "15m",
            "cutover.windows.sat.open",
            at("60m"),
            "cutover.windows.sat.close",
            at("90m"),
            "cutover.windows.sat.lockout",
            "15m"));
    private FakeSms.Server server;
    private FakeSms.Task task;
    private TestLedger testLedger;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void copyingServer() {
        testLedger = new TestLedger(database);
        server = sms.server("source-1");
        task = sms.task("source-1");
        states("SYNCING", "syncing", "syncing");
        loop().replicating(Map.of("server_name", "erp-app-01"));
    }

    @ParameterizedTest
    @CsvSource({
        // death of the first process, window of the launch
        "9m59s,  fri", // before
        "10m,    fri", // opening
        "24m59s, fri", // last call
        "25m,    fri",
        "40m,    fri", // close
        "50m,    fri", // between two
        "60m,    fri",
        "80m,    fri", // after
    })
    void launchIsSentOnceWhenTheProcessDiesBetweenPasses(String death, String window) {
        runUntil(death);
        runUntil("2h");

        assertThat(launches()).isEqualTo(1);
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(launchedIn()).isEqualTo(window);
        assertThat(edges()).doesNotHaveDuplicates();
    }

    /** The process died after it had recorded its intent; the service may have received the call. */
    @ParameterizedTest
    @CsvSource({
        "10m,    true,  fri",
        "10m,    false, fri",
        "24m59s, true,  fri",
        "24m59s, false, sat",
        "60m,    true,  sat",
        "60m,    false, sat",
        "74m59s, true,  sat",
        "74m59s, false, none",
    })
    void launchIsSentOnceWhenTheProcessDiesAtItsCall(String death, boolean sent, String window) {
        server.connected = false; // holds the launch until the given time
        runUntil(death);
        server.connected = true;
        dieAtLaunch(sent);

        runUntil("2h");

        assertThat(launches()).isEqualTo(window.equals("none") ? 0 : 1);
        assertThat(testLedger.row(1).outcome())
                .isEqualTo(window.equals("none") ? Outcome.NOT_LAUNCHED : Outcome.MIGRATED);
        assertThat(edges()).doesNotHaveDuplicates();
    }

    @Test
    void launchOneSecondBeforeTheCloseWithALostAnswerCounts() {
        settings.put("cutover.windows.fri.lockout", "1s");
        settings.put("cutover.windows.fri.capacity", "1");
        settings.keySet().removeIf(key -> key.startsWith("cutover.windows.sat"));
        settings.put("cutover.windows.fri.open", at("39m58s"));
        sms.loseAnswer("UpdateTaskStatus");

        runUntil("2h");

        assertThat(launches()).isEqualTo(1);
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(launchedIn()).isEqualTo("fri");
    }

    @Test
    void machineAsleepOverAnOpeningRecordsItWhenItWakes() {
        runUntil("5m");
        clock().pass(Duration.ofMinutes(12)); // asleep over the opening

        runUntil("2h");

        assertThat(launchedIn()).isEqualTo("fri");
        assertThat(edges().get(0)).isEqualTo("fri WINDOW_OPEN: window fri opened at 2026-11-21 22:10 +00:00");
    }

    @Test
    void machineAsleepOverAWholeWindowUsesTheNext() {
        runUntil("5m");
        clock().pass(Duration.ofMinutes(40));

        runUntil("2h");

        assertThat(launchedIn()).isEqualTo("sat");
        assertThat(edges())
                .extracting(edge -> edge.substring(0, edge.indexOf(':')))
                .startsWith("fri WINDOW_OPEN", "fri LAST_CALL", "fri WINDOW_CLOSED", "sat WINDOW_OPEN");
    }

    @Test
    void copyEndsWithTheLastWindow() {
        states("RUNNING", "initialize", "replicating");

        runUntil("2h");

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.NOT_LAUNCHED);
        assertThat(testLedger.row(1).reason())
                .startsWith("not launched: still copying at the last launch of window sat at 2026-11-21 23:15");
        assertThat(clock().instant()).isBefore(BEGIN.plus(Duration.ofMinutes(76)));
        assertThat(sms.changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, initialize, replicating", "SYNCING, syncing, syncing"})
    void tasksArePausedAtTheClose(String ofTask, String copy, String cycle) {
        settings.put("cutover.at-close", "stop");
        server.connected = false;
        states(ofTask, copy, cycle);

        runUntil("2h");

        assertThat(sms.changes()).containsExactly("UpdateTaskStatus task-1 stop");
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.NOT_LAUNCHED);
        assertThat(testLedger.row(1).reason())
                .endsWith("; its task was paused (cutover.at-close: stop), SMS checks the source again after a pause");
    }

    /** Nothing is sent while the state of a task is unknown. */
    @Test
    void taskInAnUnknownStateIsNotPaused() {
        settings.put("cutover.at-close", "stop");
        states("RUNNING", "dancing", "replicating");

        runUntil("2h");

        assertThat(sms.changes()).isEmpty();
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.NOT_LAUNCHED);
    }

    @Test
    void lostAnswerOfAPauseIsResolved() {
        settings.put("cutover.at-close", "stop");
        states("RUNNING", "initialize", "replicating");
        sms.loseAnswer("UpdateTaskStatus");

        runUntil("2h");

        assertThat(sms.changes()).containsExactly("UpdateTaskStatus task-1 stop");
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.NOT_LAUNCHED);
        assertThat(testLedger.row(1).reason()).contains("its task was paused");
    }

    private SingleRowLoop loop() {
        var policy = RowFixtures.policy();
        return new SingleRowLoop(
                testLedger,
                sms,
                new DecisionPolicy(
                        CutoverSettings.LaunchMode.SYNCED,
                        CutoverWindows.fromSettings(settings),
                        policy.restarts(),
                        Duration.ofHours(12),
                        null,
                        policy.grace(),
                        policy.settle(),
                        policy.onDifference(),
                        policy.resultWait()),
                settings);
    }

    /** Runs a process until this time after the begin. It does not get to end anything. */
    private void runUntil(String after) {
        var end = BEGIN.plus(Duration.parse("PT" + after));
        loop().run(() -> clock().instant().isBefore(end) ? null : StopSignal.Reason.STOPPED, time -> {
            clock().pass(time);
            finishLaunch();
        });
    }

    private void finishLaunch() {
        if (server.cycle.equals("cutovering")) {
            states("SYNC_SUCCESS", "finished", "cutovered");
        }
    }

    private void dieAtLaunch(boolean sent) {
        var row = testLedger.row(1);
        int attempt = row.call() == null ? 1 : row.call().attempt() + 1;
        var open = Intent.open(1, Operation.LAUNCH, attempt, "task-1", clock().instant());
        testLedger
                .ledger()
                .write(testLedger.owner(), List.of(new LedgerWrite(row.withCall(open.call()), List.of(), open)));
        if (sent) {
            sms.act("task-1", dev.smsrunner.sms.TaskAction.LAUNCH);
        }
    }

    private long launches() {
        return sms.changes().stream().filter(call -> call.endsWith(" test")).count();
    }

    private String launchedIn() {
        var row = testLedger.row(1);
        var at = row.milestones().launchedAt();
        return CutoverWindows.fromSettings(settings).all().stream()
                .filter(window -> at != null && window.contains(at)
                        || window.contains(row.call().at()))
                .findFirst()
                .map(CutoverSettings.Window::name)
                .orElse("none");
    }

    private List<String> edges() {
        return testLedger.events().stream()
                .filter(event -> event.kind() == EventKind.WINDOW)
                .map(event -> "%s %s: %s".formatted(event.before(), event.after(), event.detail()))
                .toList();
    }

    private void states(String ofTask, String copy, String cycle) {
        task.state = ofTask;
        server.state = copy;
        server.cycle = cycle;
    }

    private ManualClock clock() {
        return testLedger.clock();
    }

    private static String at(String after) {
        return BEGIN.plus(Duration.parse("PT" + after)).toString();
    }
}
