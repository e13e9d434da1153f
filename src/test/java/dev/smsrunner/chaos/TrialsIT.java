package dev.smsrunner.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A few trials per build. {@code -Dtrials=200} runs 200 of each kind and all defects. {@code -Dtrials=all} kills at every
 * numbered point, {@code -Dtrials.shard=1/6} at a sixth of them. {@code -Dtrials.kinds=REGEX} selects kinds, {@code -Dtrials.seed=N} sets the seed.
 */
class TrialsIT {

    private static final String HOW_MANY = System.getProperty("trials", "few");
    private static final long SEED = Long.getLong("trials.seed", 20_261_121);
    private static final String KINDS = System.getProperty("trials.kinds", ".*");

    private static final TrialShard SHARD = TrialShard.of(System.getProperty("trials.shard", "1/1"));

    private static final List<TrialKind> FEW =
            List.of(TrialKind.POINT, TrialKind.RECOVERY, TrialKind.RESTART_RACE, TrialKind.SLEEP);

    private static final List<Defect> FEW_DEFECTS = List.of(Defect.SKIPS_THE_INTENT, Defect.RESENDS_BLINDLY);

    /** Without the program every trial fails, and every defect would seem caught. */
    @BeforeAll
    static void buildTheProgram() {
        InstrumentedProgram.prepare();
    }

    @Test
    void trialsHaveNoFindings() {
        var series = new TrialSeries();
        switch (HOW_MANY) {
            case "few" -> few(series);
            case "all" -> everyPoint(series);
            default -> many(series, Integer.parseInt(HOW_MANY));
        }

        long start = System.nanoTime();
        var lines = series.runAll();

        if (HOW_MANY.equals("all")) {
            System.out.println(ResultTable.ofShard(SHARD, lines, Duration.ofNanos(System.nanoTime() - start)));
        }
        TrialSeries.write("trials.md", ResultTable.of(lines));
        System.out.println(ResultTable.of(lines));
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.findings().all()).as(line.toString()).isEmpty());
    }

    @Test
    void everySeededDefectIsCaught() {
        assumeThat(SHARD.isWhole()).as("a shard consists of points only").isTrue();
        var series = new TrialSeries();
        var tried = HOW_MANY.equals("few") ? FEW_DEFECTS : Arrays.asList(Defect.values());
        tried.stream()
                .filter(defect -> HOW_MANY.equals("few") || defect.name().matches(KINDS) || KINDS.equals(".*"))
                .forEach(defect -> series.plan(defect.name(), defect.trial(), defect.store(), SEED, defect, null));

        var lines = series.runAll();

        TrialSeries.write("defects.md", ResultTable.ofDefects(lines));
        System.out.println(ResultTable.ofDefects(lines));
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.findings().all()).as(line.toString()).isNotEmpty());
    }

    /** One trial of each of the most effective kinds, on a random database. */
    private static void few(TrialSeries series) {
        var random = new Random(SEED);
        for (var kind : FEW) {
            var store = kind.stores().get(random.nextInt(kind.stores().size()));
            series.plan(kind.text(), kind.trial(), store, SEED, null, null);
        }
        series.plan(TrialKind.POINT.text(), TrialKind.POINT.trial(), DatabaseKind.H2, SEED + 1, null, null);
    }

    private static void many(TrialSeries series, int times) {
        for (int time = 0; time < times; time++) {
            for (var kind : TrialKind.values()) {
                for (var store : kind.stores()) {
                    if (kind.name().matches(KINDS) && kind.canBeTried()) {
                        series.plan(kind.text(), kind.trial(), store, SEED + time, null, kind.name());
                    }
                }
            }
        }
    }

    /** All points on all databases in random order, so that a part of them is a fair sample. */
    private static void everyPoint(TrialSeries series) {
        var kills = new ArrayList<KillPoint>();
        for (var store : DatabaseKind.values()) {
            var points = KillTrials.undisturbed(store).points();
            System.out.println("%d points on %s".formatted(points.size(), store));
            points.stream()
                    .filter(point -> point.matches(KINDS) && SHARD.contains(store, point))
                    .forEach(point -> kills.add(new KillPoint(store, point)));
        }
        Collections.shuffle(kills, new Random(SEED));
        kills.forEach(kill -> series.plan(
                TrialKind.POINT.text(), KillTrials.at(kill.point()), kill.store(), SEED, null, kill.point()));
    }

    private record KillPoint(DatabaseKind store, String point) {}
}
