package dev.smsrunner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A few trials in each build; {@code -Dtrials=200} makes so many of each kind and tries all defects, {@code -Dtrials=all} kills at
 * every numbered point, {@code -Dtrials.kinds=REGEX} chooses kinds, {@code -Dtrials.seed=N} repeats or varies what is left to chance.
 */
class TrialsIT {

    private static final String HOW_MANY = System.getProperty("trials", "few");
    private static final long SEED = Long.getLong("trials.seed", 20_261_121);
    private static final String KINDS = System.getProperty("trials.kinds", ".*");

    private static final List<TrialKind> FEW =
            List.of(TrialKind.POINT, TrialKind.RECOVERY, TrialKind.RESTART_RACE, TrialKind.SLEEP);

    private static final List<Defect> FEW_DEFECTS = List.of(Defect.SKIPS_THE_INTENT, Defect.RESENDS_BLINDLY);

    @Test
    void whateverHappensNothingIsLostAndNothingDoneTwice() {
        var series = new TrialSeries();
        switch (HOW_MANY) {
            case "few" -> few(series);
            case "all" -> everyPoint(series);
            default -> many(series, Integer.parseInt(HOW_MANY));
        }

        var lines = series.played();

        TrialSeries.write("trials.md", ResultTable.of(lines));
        System.out.println(ResultTable.of(lines));
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.findings().all()).as(line.toString()).isEmpty());
    }

    @Test
    void everySeededDefectIsCaught() {
        var series = new TrialSeries();
        var tried = HOW_MANY.equals("few") ? FEW_DEFECTS : Arrays.asList(Defect.values());
        tried.stream()
                .filter(defect -> HOW_MANY.equals("few") || defect.name().matches(KINDS) || KINDS.equals(".*"))
                .forEach(defect -> series.plan(defect.name(), defect.trial(), defect.store(), SEED, defect, null));

        var lines = series.played();

        TrialSeries.write("defects.md", ResultTable.ofDefects(lines));
        System.out.println(ResultTable.ofDefects(lines));
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.findings().all()).as(line.toString()).isNotEmpty());
    }

    /** One of each of the kinds that find most, on a database that the seed chooses. */
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

    /** On all databases in turn, in an order of the seed's, so that a part of them is a fair sample. */
    private static void everyPoint(TrialSeries series) {
        var deaths = new ArrayList<Death>();
        for (var store : DatabaseKind.values()) {
            KillTrials.undisturbed(store).points().stream()
                    .filter(point -> point.matches(KINDS))
                    .forEach(point -> deaths.add(new Death(store, point)));
        }
        Collections.shuffle(deaths, new Random(SEED));
        deaths.forEach(death -> series.plan(
                TrialKind.POINT.text(), KillTrials.at(death.point()), death.store(), SEED, null, death.point()));
    }

    private record Death(DatabaseKind store, String point) {}
}
