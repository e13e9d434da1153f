package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.ActiveControlsBuilder;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.GateDecision.Kind;
import dev.smsrunner.ledger.GateRecords;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaunchGatesTests {

    private static final Instant NOW = OrderFixtures.NOW;

    private final List<GateDecision> decisions = new ArrayList<>();
    private Set<Integer> forbidden = Set.of();
    private @Nullable Instant holdUntil;
    private final OrderFixtures run = new OrderFixtures()
            .with("gates.go.before", "launch")
            .with("gates.go.waves", "wave-2")
            .with("gates.go.approvers", "dba, ana")
            .with("gates.go.expires", "2h")
            .with("gates.go.self-approval", "false")
            .row(1, "app", "wave-1", Stage.SYNCING)
            .row(2, "db", "wave-2", Stage.SYNCING)
            .row(3, "web", "wave-2", Stage.SYNCING);

    private LaunchGatesTests decided(Kind kind, @Nullable Integer row, String actor, Duration ago) {
        var at = NOW.minus(ago);
        var until = kind == Kind.DENIED || kind == Kind.VOID ? null : at.plus(Duration.ofHours(2));
        decisions.add(new GateDecision(
                decisions.size() + 1, "go", kind, row, null, at, actor, actor + "@host", null, until, "hash"));
        return this;
    }

    private CutoverSnapshot snapshot() {
        var records = new GateRecords("ops", holdUntil, forbidden, decisions);
        return run.controls(ActiveControlsBuilder.builder(ActiveControls.NONE)
                        .gates(records)
                        .build())
                .snapshot();
    }

    private String obstacle(int row) {
        return LaunchDecider.of(run.row(row), snapshot(), NOW)
                .map(Obstacle::line)
                .orElse("");
    }

    private GateAnswer answer(ControlAction action, @Nullable Integer row, String actor) {
        var control = new Control(
                1, action, row, NOW, actor + "@host", Control.State.ASKED, null, null, actor, "go", null, null);
        return GateAnswer.of(control, snapshot(), Map.of(), NOW);
    }

    @Test
    void gateHoldsTheRowsOfItsWaves() {
        decided(Kind.ASKED, null, "", Duration.ofMinutes(10));

        assertThat(obstacle(1)).isEmpty();
        assertThat(obstacle(2)).isEqualTo("GATE go not approved (asked 2026-12-02 19:50 +00:00 of dba, ana)");
        assertThat(LaunchDecider.next(run.at(Stage.SYNCING), snapshot(), NOW)).containsExactly(run.row(1));
    }

    @Test
    void approvalOfOneRowReleasesOnlyThatRow() {
        decided(Kind.ASKED, null, "", Duration.ofMinutes(10)).decided(Kind.APPROVED, 3, "ana", Duration.ofMinutes(5));

        assertThat(obstacle(2)).startsWith("GATE go not approved");
        assertThat(obstacle(3)).isEmpty();
    }

    @Test
    void approvalExpires() {
        decided(Kind.ASKED, null, "", Duration.ofHours(3)).decided(Kind.APPROVED, null, "ana", Duration.ofHours(2));

        assertThat(obstacle(2))
                .isEqualTo("GATE go expired 2026-12-02 20:00 +00:00, approved by ana 2026-12-02 18:00 +00:00");
        assertThat(new LaunchGates(snapshot(), NOW.minusMillis(1)).findBeforeLaunch(run.row(2)))
                .as("just before")
                .isEmpty();
    }

    @Test
    void unansweredQuestionExpires() {
        decided(Kind.ASKED, null, "", Duration.ofHours(2));

        assertThat(obstacle(2)).isEqualTo("GATE go expired 2026-12-02 20:00 +00:00, no answer of dba, ana");
        assertThat(new NotLaunchedRows(snapshot(), null, NOW).rowsToEnd(0))
                .as("another row may still be launched")
                .isEmpty();
        run.change(1, row -> row.withStage(Stage.LAUNCHING, NOW));
        run.change(1, row -> row.end(dev.smsrunner.ledger.Outcome.MIGRATED, null, NOW));
        assertThat(new NotLaunchedRows(snapshot(), null, NOW).rowsToEnd(0))
                .containsOnlyKeys(2, 3)
                .containsEntry(2, "gate go expired 2026-12-02 20:00 +00:00, no answer of dba, ana");
    }

    @Test
    void deniedRowHoldsItsDependents() {
        run.row(4, "portal", "wave-1", Stage.SYNCING, "db");
        run.change(1, row -> row.end(dev.smsrunner.ledger.Outcome.MIGRATED, null, NOW));
        decided(Kind.ASKED, null, "", Duration.ofHours(1)).decided(Kind.DENIED, null, "ana", Duration.ofMinutes(29));

        assertThat(new NotLaunchedRows(snapshot(), null, NOW).rowsToEnd(0))
                .containsEntry(2, "gate go denied by ana 2026-12-02 19:31 +00:00")
                .containsEntry(4, "depends on db, which waits at gate go denied by ana 2026-12-02 19:31 +00:00");
    }

    @Test
    void forceDoesNotPassAGate() {
        run.forceLaunch(2);
        var forced = run.snapshot();

        assertThat(LaunchDecider.of(run.row(2), forced, NOW))
                .get()
                .satisfies(obstacle -> assertThat(obstacle.kind()).isEqualTo(Obstacle.Kind.GATE));
    }

    @Test
    void forbiddenRowIsHeldWithoutAGate() {
        forbidden = Set.of(1);

        assertThat(obstacle(1)).isEqualTo("GATE ok_to_cutover is no in the inventory");
    }

    @Test
    void gateHoldsTheStartWhereSmsLaunchesByItself() {
        run.with("cutover.when", "auto").row(5, "auto", "wave-2", Stage.TASK_READY);

        assertThat(new StartQueue(snapshot(), 0, NOW).next(List.of(run.row(5)))).isEmpty();
        assertThat(new StartQueue(snapshot(), 0, NOW).obstacles(List.of(run.row(5))))
                .extractingByKey(5)
                .extracting(Obstacle::kind)
                .isEqualTo(Obstacle.Kind.GATE);
        decided(Kind.ASKED, null, "", Duration.ofMinutes(2)).decided(Kind.APPROVED, null, "ana", Duration.ofMinutes(1));
        assertThat(new StartQueue(snapshot(), 0, NOW).next(List.of(run.row(5)))).containsExactly(run.row(5));
    }

    @Test
    void gateBeforeTheStartHoldsNoLaunch() {
        run.with("gates.go.before", "start").row(5, "new", "wave-2", Stage.TASK_READY);

        assertThat(obstacle(2)).isEmpty();
        assertThat(new StartQueue(snapshot(), 0, NOW).next(List.of(run.row(5)))).isEmpty();
    }

    @Test
    void startIsAskedWhenTheTurnOfTheWaveHasCome() {
        run.with("gates.go.before", "start")
                .row(5, "first", "wave-1", Stage.TASK_READY)
                .row(6, "second", "wave-2", Stage.TASK_READY)
                .with("limits.concurrent", "3");

        var obstacles = new StartQueue(snapshot(), 0, NOW).obstacles(List.of(run.row(5), run.row(6)));

        assertThat(obstacles.get(6).kind()).isEqualTo(Obstacle.Kind.WAVE);
    }

    @Test
    void questionIsAskedOnceAndAgainAfterTheRowsChanged() {
        var waiting = List.of(run.row(2), run.row(3));
        assertThat(new GateQuestions(snapshot(), Map.of(), NOW).toAsk(waiting))
                .singleElement()
                .satisfies(question -> assertThat(question.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(2))));

        decided(Kind.ASKED, null, "", Duration.ofMinutes(9)).decided(Kind.APPROVED, null, "ana", Duration.ofMinutes(5));
        assertThat(new GateQuestions(snapshot(), Map.of(), NOW).toAsk(waiting)).isEmpty();
        assertThat(new GateQuestions(snapshot(), Map.of(), NOW).toVoid())
                .as("the hash of the decisions is another one")
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(Kind.VOID));
        decided(Kind.VOID, null, "", Duration.ofMinutes(1));
        assertThat(obstacle(2)).startsWith("GATE go not approved");
        assertThat(new GateQuestions(snapshot(), Map.of(), NOW).toAsk(waiting)).hasSize(1);
        assertThat(new GateQuestions(snapshot(), Map.of(), NOW).toVoid()).isEmpty();
    }

    @Test
    void answersAreRefused() {
        assertThat(answer(ControlAction.APPROVE, null, "ana").text())
                .isEqualTo("go is not asked yet: no row waits at it");
        decided(Kind.ASKED, null, "", Duration.ofMinutes(9));

        assertThat(answer(ControlAction.APPROVE, null, "eve").text())
                .isEqualTo("eve may not answer go; its approvers are dba, ana");
        assertThat(answer(ControlAction.APPROVE, 1, "ana").text()).isEqualTo("go holds no such row");
        assertThat(answer(ControlAction.APPROVE, null, "ana").decision()).isNotNull();
        decided(Kind.APPROVED, null, "ana", Duration.ofMinutes(1));
        assertThat(answer(ControlAction.APPROVE, null, "dba").text())
                .isEqualTo("go approved by ana 2026-12-02 19:59 +00:00 already");
        assertThat(answer(ControlAction.DENY, null, "dba").text())
                .isEqualTo("go denied for 2 rows; an approver may still approve it");
    }

    @Test
    void operatorWhoBeganTheRunMayDenyButNotApprove() {
        run.with("gates.go.approvers", "ops, ana");
        decided(Kind.ASKED, null, "", Duration.ofMinutes(9));

        assertThat(answer(ControlAction.APPROVE, null, "ops").text())
                .isEqualTo("ops began the run and may not approve go; another approver must: ops, ana");
        assertThat(answer(ControlAction.DENY, null, "ops").decision()).isNotNull();
        run.with("gates.go.self-approval", "true");
        assertThat(answer(ControlAction.APPROVE, null, "ops").decision()).isNotNull();
    }

    @Test
    void unknownGateGetsASuggestion() {
        assertThat(GateAnswer.unknown("goo", snapshot().plan()))
                .isEqualTo("the run has no gate goo; did you mean go? Otherwise its gates are go");
    }

    @Test
    void manualLaunchWaitsForTheOperatorUntilTheEndOfTheHold() {
        run.with("cutover.when", "manual").with("cutover.hold", "12h");

        assertThat(obstacle(1))
                .isEqualTo("GATE waits for the operator's launch (control launch), for 12 h 0 min after the last copy");
        assertThat(new NotLaunchedRows(snapshot(), null, NOW).startsHold(0)).isTrue();
        holdUntil = NOW.plus(Duration.ofHours(12));
        assertThat(obstacle(1))
                .isEqualTo("GATE waits for the operator's launch (control launch), until 2026-12-03 08:00 +00:00");
        assertThat(new NotLaunchedRows(snapshot(), null, NOW).startsHold(0)).isFalse();
    }

    @Test
    void holdStartsOnlyAfterTheLastCopy() {
        run.with("cutover.when", "manual").with("cutover.hold", "12h").row(7, "slow", "wave-1", Stage.REPLICATING);

        assertThat(new NotLaunchedRows(snapshot(), null, NOW).startsHold(0)).isFalse();
    }
}
