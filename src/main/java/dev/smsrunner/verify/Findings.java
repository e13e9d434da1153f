package dev.smsrunner.verify;

import dev.smsrunner.verify.VerificationResult.Remark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collector of the results of the checks. */
final class Findings {

    static final String RESTORE =
            "Compare with a backup of the database and with report.json, and find out who wrote to the tables.";

    private final Map<Integer, String> servers;
    private final Set<Remark> checked = new LinkedHashSet<>();
    private final Set<Remark> notChecked = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    /** @param servers server names by row number */
    Findings(Map<Integer, String> servers) {
        this.servers = servers;
    }

    /** Count with its noun: {@code 1 row}, {@code 2 rows}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : noun.endsWith("ch") ? "es" : "s");
    }

    void violation(String invariant, @Nullable Integer row, String what, String evidence, String action) {
        violations.add(new Violation(invariant, row, row == null ? null : servers.get(row), what, evidence, action));
    }

    void checked(String invariant, String what) {
        checked.add(new Remark(invariant, what));
    }

    void notChecked(String invariant, String why) {
        notChecked.add(new Remark(invariant, why));
    }

    void note(String text) {
        notes.add(text);
    }

    VerificationResult result(String runId, @Nullable String chain) {
        return new VerificationResult(
                runId, sorted(checked), sorted(notChecked), List.copyOf(notes), List.copyOf(violations), chain);
    }

    /** Masks secrets, since a violation may quote one. */
    void maskSecrets(SecretPatterns patterns) {
        violations.replaceAll(one -> new Violation(
                one.invariant(),
                one.row(),
                one.server() == null ? null : patterns.mask(one.server()),
                patterns.mask(one.what()),
                patterns.mask(one.evidence()),
                one.action()));
        notes.replaceAll(patterns::mask);
    }

    private static List<Remark> sorted(Set<Remark> remarks) {
        return remarks.stream()
                .sorted(Comparator.comparing(remark -> rank(remark.invariant())))
                .toList();
    }

    private static String rank(String invariant) {
        return invariant.matches("I\\d+") ? "%03d".formatted(Integer.parseInt(invariant.substring(1))) : invariant;
    }
}
