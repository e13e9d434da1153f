package dev.smsrunner.reconcile;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
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

/** When the comparison is read, what its figures mean, and what they change in a decision: one line for each case. */
class ConsistencyRuleTests {

    private static final Duration WAIT = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            launch          | -           | -       | warn | launch
            launch          | PENDING     | -       | hold | launch
            launch          | SAME        | -       | hold | launch
            launch          | NOT_CHECKED | -       | hold | launch
            launch          | DIFFERENT   | -       | warn | launch
            launch          | DIFFERENT   | -       | hold | look SYNCING: not launched, consistency check: 7 files are not the same on source and target (/var)
            MIGRATED        | -           | -       | hold | MIGRATED
            MIGRATED        | SAME        | -       | hold | MIGRATED
            MIGRATED        | NOT_CHECKED | -       | hold | MIGRATED
            MIGRATED        | DIFFERENT   | -       | warn | MIGRATED
            MIGRATED        | DIFFERENT   | -       | hold | FAILED: launched, consistency check: 7 files are not the same on source and target (/var)
            MIGRATED        | PENDING     | -       | warn | look LAUNCHING
            MIGRATED        | PENDING     | 4M59S   | warn | look LAUNCHING
            MIGRATED        | PENDING     | 5M      | warn | MIGRATED
            MIGRATED        | PENDING     | 5M      | hold | MIGRATED
            SYNCED          | PENDING     | 1M      | warn | look SYNCING
            SYNCED          | PENDING     | 5M      | warn | SYNCED
            SYNCED          | DIFFERENT   | -       | hold | SYNCED
            FAILED          | DIFFERENT   | -       | warn | FAILED: too late
            FAILED          | PENDING     | -       | hold | FAILED: too late
            FAILED          | DIFFERENT   | -       | hold | FAILED: too late; it was held back, consistency check: 7 files are not the same on source and target (/var)
            look            | DIFFERENT   | -       | hold | look SYNCING
            """)
    void aDecisionIsChangedByADifferenceOnlyWhereTheJobSaysSo(
            String decision, @Nullable String found, @Nullable String since, String onDifference, String expected) {
        var row = RowFixtures.row(Stage.SYNCING).withConsistency(found == null ? null : consistency(found, since));

        var told = ConsistencyRule.of(decision(decision), row, seeing("SYNCING"), policy(onDifference, "synced"), NOW);

        assertThat(shown(told)).isEqualTo(expected);
        if (told instanceof Decision.Close close && close.outcome() == Outcome.FAILED) {
            assertThat(close.failure().text()).isEqualTo(close.reason());
            assertThat(close.failure().recommendedAction()).isNotBlank();
        }
    }

    @Test
    void aServerThatIsHeldBackIsGivenUpLikeAnyOtherThatStandsStill() {
        var seen = seeing("SYNCING");
        var row = RowFixtures.row(Stage.SYNCING)
                .withSeen(RowFixtures.unchangedFor(seen, Duration.ofHours(5)))
                .withConsistency(consistency("DIFFERENT", null));
        var policy = new DecisionPolicy(
                CutoverSettings.When.SYNCED,
                null,
                2,
                RowFixtures.STALLED,
                Duration.ofHours(4),
                RowFixtures.GRACE,
                RowFixtures.SETTLE,
                CutoverSettings.OnDifference.HOLD,
                WAIT);

        assertThat(shown(ConsistencyRule.of(new Decision.Launch(), row, seen, policy, NOW)))
                .startsWith("NOT_LAUNCHED: given up after 300 min")
                .contains("7 files are not the same");
    }

    @Test
    void aServerThatDiffersIsLaunchedOnlyByThePersonWhoForcesIt() {
        var row = RowFixtures.row(Stage.SYNCING).withConsistency(consistency("DIFFERENT", null));
        var policy = policy("hold", "manual");
        var seen = seeing("SYNCING");

        assertThat(ConsistencyRule.of(new Decision.Launch(), row, seen, policy.released(), NOW))
                .isInstanceOf(Decision.Look.class);
        assertThat(ConsistencyRule.of(new Decision.Launch(), row, seen, policy.forced(), NOW))
                .isEqualTo(new Decision.Launch());
        assertThat(ConsistencyRule.against(row, policy))
                .hasValueSatisfying(why -> assertThat(why).contains("server-1 (row 1", "7 files are not the same"));
        assertThat(ConsistencyRule.against(row, policy("warn", "manual"))).isEmpty();
        assertThat(ConsistencyRule.against(row.withConsistency(null), policy)).isEmpty();
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
    void itIsReadWhenThereIsOneAndOnceMoreAfterTheLaunch(
            @Nullable String found,
            String situation,
            @Nullable Boolean exists,
            @Nullable String readAgo,
            @Nullable String askedAgo,
            String onDifference,
            String when,
            String expected) {
        var row = launched(RowFixtures.row(Stage.SYNCING), NOW.minus(Duration.ofMinutes(30)))
                .withConsistency(found == null ? null : consistency(found, readAgo));

        assertThat(ConsistencyRule.toRead(
                        row, seeing(situation), exists, ago(askedAgo), policy(onDifference, when), NOW))
                .isEqualTo(expected.equals("yes"));
    }

    @Test
    void theResultOfAnotherTaskOrOfAPlannedRowIsNotRead() {
        var policy = policy("hold", "synced");
        var planned = RowFixtures.row(Stage.PLANNED).withConsistency(Consistency.PENDING);
        var other = RowFixtures.row(Stage.SYNCING).ofTask("task-2").withConsistency(Consistency.PENDING);

        assertThat(ConsistencyRule.toRead(planned, seeing("SYNCING"), true, null, policy, NOW))
                .isFalse();
        assertThat(ConsistencyRule.toRead(other, seeing("SYNCING"), true, null, policy, NOW))
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
    void filesAreTheSameOnlyWhenEveryCountIsKnownAndZero(
            @Nullable Long different, @Nullable Long missing, @Nullable Long more, String text) {
        var directory = new DirectoryComparison("/var", 9L, different, missing, more);

        assertThat(ConsistencyRule.of(new ConsistencyResult(0L, List.of(directory), null), NOW)
                        .text())
                .isEqualTo(text);
    }

    @Test
    void theDetailHasTheDirectoriesWithTheMostDifferencesAndIsNeverLong() {
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
    void whatIsNotUnderstoodIsKept() {
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
        return new LedgerRow(
                row.runId(),
                row.row(),
                row.line(),
                row.serverName(),
                row.wave(),
                row.priority(),
                row.dependsOn(),
                row.sourceId(),
                row.stage(),
                row.outcome(),
                row.reason(),
                row.taskId(),
                row.seen(),
                row.attention(),
                row.attempts(),
                row.nextAt(),
                row.call(),
                new Milestones(NOW, NOW, NOW, at, null),
                row.failure(),
                row.consistency());
    }

    private static Observation seeing(String situation) {
        return switch (situation) {
            case "SYNCING" -> RowFixtures.seeing("SYNCING", "syncing", "syncing");
            case "COPYING" -> RowFixtures.seeing("RUNNING", "replicate", "replicating");
            case "LAUNCHING" -> RowFixtures.seeing("SYNCING", "cutovering", "cutovering");
            case "FINISHED" -> RowFixtures.seeing("SYNC_SUCCESS", "finished", "cutovered");
            default -> throw new IllegalArgumentException(situation);
        };
    }

    private static DecisionPolicy policy(String onDifference, String when) {
        return new DecisionPolicy(
                CutoverSettings.When.valueOf(when.toUpperCase(Locale.ROOT)),
                null,
                2,
                RowFixtures.STALLED,
                null,
                RowFixtures.GRACE,
                RowFixtures.SETTLE,
                CutoverSettings.OnDifference.valueOf(onDifference.toUpperCase(Locale.ROOT)),
                WAIT);
    }

    private static Decision decision(String word) {
        return switch (word) {
            case "launch" -> new Decision.Launch();
            case "look" -> new Decision.Look(Stage.SYNCING, null);
            case "FAILED" ->
                new Decision.Close(
                        Outcome.FAILED, "too late", new Failure(null, "too late", "OPERATOR", "Rerun.", null));
            default -> new Decision.Close(Outcome.valueOf(word), null, null);
        };
    }

    private static String shown(Decision decision) {
        if (decision instanceof Decision.Look look) {
            return "look " + look.stage() + (look.attention() == null ? "" : ": " + look.attention());
        }
        if (decision instanceof Decision.Close close) {
            return close.outcome() + (close.reason() == null ? "" : ": " + close.reason());
        }
        return decision.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
