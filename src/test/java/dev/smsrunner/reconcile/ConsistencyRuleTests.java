package dev.smsrunner.reconcile;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerRowBuilder;
import dev.smsrunner.ledger.Milestones;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.ConsistencyResult;
import dev.smsrunner.sms.DirectoryComparison;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of reads, meaning of the figures, and effect on a decision: one line for each case. */
class ConsistencyRuleTests {

    private static final Duration WAIT = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            launch          | -           | -       | warn | launch
            launch          | PENDING     | -       | hold | launch
            launch          | SAME        | -       | hold | launch
            launch          | NOT_CHECKED | -       | hold | launch
            launch          | DIFFERENT   | -       | warn | launch
            launch          | DIFFERENT   | -       | hold | wait SYNCING: not launched, consistency check: 7 files are not the same on source and target (/var)
            MIGRATED        | -           | -       | hold | MIGRATED
            MIGRATED        | SAME        | -       | hold | MIGRATED
            MIGRATED        | NOT_CHECKED | -       | hold | MIGRATED
            MIGRATED        | DIFFERENT   | -       | warn | MIGRATED
            MIGRATED        | DIFFERENT   | -       | hold | FAILED: launched, consistency check: 7 files are not the same on source and target (/var)
            MIGRATED        | PENDING     | -       | warn | wait LAUNCHING
            MIGRATED        | PENDING     | 4M59S   | warn | wait LAUNCHING
            MIGRATED        | PENDING     | 5M      | warn | MIGRATED
            MIGRATED        | PENDING     | 5M      | hold | MIGRATED
            SYNCED          | PENDING     | 1M      | warn | wait SYNCING
            SYNCED          | PENDING     | 5M      | warn | SYNCED
            SYNCED          | DIFFERENT   | -       | hold | SYNCED
            FAILED          | DIFFERENT   | -       | warn | FAILED: too late
            FAILED          | PENDING     | -       | hold | FAILED: too late
            FAILED          | DIFFERENT   | -       | hold | FAILED: too late; it was held back, consistency check: 7 files are not the same on source and target (/var)
            wait            | DIFFERENT   | -       | hold | wait SYNCING
            """)
    void differenceChangesDecisionOnlyWithOnDifferenceHold(
            String decision, @Nullable String found, @Nullable String since, String onDifference, String expected) {
        var row = RowFixtures.row(Stage.SYNCING).withConsistency(found == null ? null : consistency(found, since));

        var result =
                ConsistencyRule.of(decision(decision), row, seeing("SYNCING"), policy(onDifference, "synced"), NOW);

        assertThat(shown(result)).isEqualTo(expected);
        if (result instanceof Decision.Finish finish && finish.outcome() == Outcome.FAILED) {
            assertThat(finish.failure().text()).isEqualTo(finish.reason());
            assertThat(finish.failure().recommendedAction()).isNotBlank();
        }
    }

    @Test
    void blockedServerIsGivenUpAfterStall() {
        var observed = seeing("SYNCING");
        var row = RowFixtures.row(Stage.SYNCING)
                .withObserved(RowFixtures.unchangedFor(observed, Duration.ofHours(5)))
                .withConsistency(consistency("DIFFERENT", null));
        var policy = new DecisionPolicy(
                CutoverSettings.LaunchMode.SYNCED,
                CutoverWindows.NONE,
                2,
                RowFixtures.STALLED,
                Duration.ofHours(4),
                RowFixtures.GRACE,
                RowFixtures.SETTLE,
                CutoverSettings.OnDifference.HOLD,
                WAIT);

        assertThat(shown(ConsistencyRule.of(new Decision.Launch(), row, observed, policy, NOW)))
                .startsWith("NOT_LAUNCHED: given up after 300 min")
                .contains("7 files are not the same");
    }

    @Test
    void differingServerIsLaunchedOnlyByForce() {
        var row = RowFixtures.row(Stage.SYNCING).withConsistency(consistency("DIFFERENT", null));
        var policy = policy("hold", "manual");
        var observed = seeing("SYNCING");

        assertThat(ConsistencyRule.of(new Decision.Launch(), row, observed, policy.forManualLaunch(), NOW))
                .isInstanceOf(Decision.Wait.class);
        assertThat(ConsistencyRule.of(new Decision.Launch(), row, observed, policy.forForcedLaunch(), NOW))
                .isEqualTo(new Decision.Launch());
        assertThat(ConsistencyRule.launchObjection(row, policy))
                .hasValueSatisfying(why -> assertThat(why).contains("server-1 (row 1", "7 files are not the same"));
        assertThat(ConsistencyRule.launchObjection(row, policy("warn", "manual")))
                .isEmpty();
        assertThat(ConsistencyRule.launchObjection(row.withConsistency(null), policy))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -           | SYNCING     | true  | -    | -    | hold | synced | no
            PENDING     | SYNCING     | true  | -    | -    | warn | synced | yes
            PENDING     | SYNCING     | false | -    | -    | warn | synced | no
            PENDING     | SYNCING     | -     | -    | -    | warn | synced | no
            PENDING     | SYNCING     | -     | -    | -    | warn | manual | yes
            PENDING     | COPYING     | true  | -    | -    | warn | synced | no
            PENDING     | LAUNCHING   | true  | -    | -    | warn | synced | no
            PENDING     | FINISHED    | true  | -    | -    | warn | synced | yes
            PENDING     | FINISHED    | -     | -    | -    | warn | synced | yes
            PENDING     | FINISHED    | false | -    | -    | warn | synced | no
            PENDING     | FINISHED    | true  | -    | 1M   | warn | synced | no
            PENDING     | FINISHED    | true  | -    | 5M   | warn | synced | yes
            SAME        | SYNCING     | true  | 1H   | 1H   | hold | synced | no
            SAME        | FINISHED    | true  | 1H   | 1H   | warn | synced | yes
            SAME        | FINISHED    | true  | 1M   | 1M   | warn | synced | no
            SAME        | FINISHED    | false | 1H   | 1H   | warn | synced | no
            NOT_CHECKED | FINISHED    | true  | 1H   | 1H   | warn | synced | yes
            DIFFERENT   | SYNCING     | true  | 1H   | 1H   | warn | synced | no
            DIFFERENT   | SYNCING     | true  | 1H   | 1M   | hold | synced | no
            DIFFERENT   | SYNCING     | true  | 1H   | 5M   | hold | synced | yes
            DIFFERENT   | SYNCING     | true  | 1H   | -    | hold | synced | yes
            DIFFERENT   | FINISHED    | true  | 1H   | 1M   | hold | synced | yes
            """)
    void resultIsReadWhenItExistsAndAfterTheLaunch(
            @Nullable String found,
            String phase,
            @Nullable Boolean exists,
            @Nullable String readAgo,
            @Nullable String askedAgo,
            String onDifference,
            String when,
            String expected) {
        var row = launched(RowFixtures.row(Stage.SYNCING), NOW.minus(Duration.ofMinutes(30)))
                .withConsistency(found == null ? null : consistency(found, readAgo));

        assertThat(ConsistencyRule.shouldRead(
                        row, seeing(phase), exists, ago(askedAgo), policy(onDifference, when), NOW))
                .isEqualTo(expected.equals("yes"));
    }

    @Test
    void resultOfOtherTaskOrPlannedRowIsNotRead() {
        var policy = policy("hold", "synced");
        var planned = RowFixtures.row(Stage.PLANNED).withConsistency(Consistency.PENDING);
        var other = RowFixtures.row(Stage.SYNCING).withTaskOnly("task-2").withConsistency(Consistency.PENDING);

        assertThat(ConsistencyRule.shouldRead(planned, seeing("SYNCING"), true, null, policy, NOW))
                .isFalse();
        assertThat(ConsistencyRule.shouldRead(other, seeing("SYNCING"), true, null, policy, NOW))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            0, 0, 0, same
            0, 0, 1, 1 differ
            1, 2, 3, 6 differ
            -, 2, 0, 2 differ
            -, 0, 0, not checked
            0, -, 0, not checked
            0, 0, -, not checked
            """)
    void filesAreEqualOnlyWithAllCountsZero(
            @Nullable Long different, @Nullable Long missing, @Nullable Long more, String text) {
        var directory = new DirectoryComparison("/var", 9L, different, missing, more);

        assertThat(ConsistencyRule.of(new ConsistencyResult(0L, List.of(directory), null), NOW)
                        .text())
                .isEqualTo(text);
    }

    @Test
    void detailListsDirectoriesWithMostDifferences() {
        var directories = new ArrayList<>(
                Collections.nCopies(50_000, new DirectoryComparison("/x".repeat(1_024), 1L, 0L, 0L, 0L)));
        directories.add(new DirectoryComparison("/var/lib", 1_000L, 3L, 2L, 1L));

        var found = ConsistencyRule.of(
                new ConsistencyResult(Instant.parse("2026-11-21T21:00:00Z").toEpochMilli(), directories, null), NOW);

        assertThat(found.detail())
                .startsWith("/var/lib: 3 different, 2 missing, 1 more of 1000; …/x")
                .endsWith("; 49991 more directories; compared 2026-11-21T21:00:00Z")
                .hasSizeLessThan(2_000);
    }

    @Test
    void unknownResultIsKept() {
        var found = ConsistencyRule.of(new ConsistencyResult(null, List.of(), "SUCCESS"), NOW);

        assertThat(found.text()).isEqualTo("not checked");
        assertThat(found.detail()).isEqualTo("the result of SMS is not understood: SUCCESS");
    }

    private static Consistency consistency(String state, @Nullable String since) {
        var known = Consistency.State.valueOf(state);
        return new Consistency(
                known,
                known == Consistency.State.DIFFERENT ? 7 : 0,
                known == Consistency.State.DIFFERENT ? "/var" : null,
                ago(since));
    }

    private static @Nullable Instant ago(@Nullable String time) {
        return time == null ? null : NOW.minus(Duration.parse("PT" + time));
    }

    private static LedgerRow launched(LedgerRow row, Instant at) {
        return LedgerRowBuilder.builder(row)
                .milestones(new Milestones(NOW, NOW, NOW, at, null))
                .build();
    }

    private static Observation seeing(String phase) {
        return switch (phase) {
            case "SYNCING" -> RowFixtures.seeing("SYNCING", "syncing", "syncing");
            case "COPYING" -> RowFixtures.seeing("RUNNING", "replicate", "replicating");
            case "LAUNCHING" -> RowFixtures.seeing("SYNCING", "cutovering", "cutovering");
            case "FINISHED" -> RowFixtures.seeing("SYNC_SUCCESS", "finished", "cutovered");
            default -> throw new IllegalArgumentException(phase);
        };
    }

    private static DecisionPolicy policy(String onDifference, String when) {
        return new DecisionPolicy(
                CutoverSettings.LaunchMode.valueOf(when.toUpperCase(Locale.ROOT)),
                CutoverWindows.NONE,
                2,
                RowFixtures.STALLED,
                null,
                RowFixtures.GRACE,
                RowFixtures.SETTLE,
                CutoverSettings.OnDifference.valueOf(onDifference.toUpperCase(Locale.ROOT)),
                WAIT);
    }

    private static Decision decision(String name) {
        return switch (name) {
            case "launch" -> new Decision.Launch();
            case "wait" -> new Decision.Wait(Stage.SYNCING, null);
            case "FAILED" ->
                new Decision.Finish(
                        Outcome.FAILED, "too late", new Failure(null, "too late", "OPERATOR", "Rerun.", null));
            default -> new Decision.Finish(Outcome.valueOf(name), null, null);
        };
    }

    private static String shown(Decision decision) {
        if (decision instanceof Decision.Wait wait) {
            return "wait " + wait.stage() + (wait.attention() == null ? "" : ": " + wait.attention());
        }
        if (decision instanceof Decision.Finish finish) {
            return finish.outcome() + (finish.reason() == null ? "" : ": " + finish.reason());
        }
        return decision.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
