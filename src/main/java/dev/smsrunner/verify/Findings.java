package dev.smsrunner.verify;

import dev.smsrunner.verify.VerificationResult.Remark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the checks find. */
final class Findings {

    static final String RESTORE =
            "Compare with a backup of the database and with report.json; find out who wrote to the tables.";

    private final Map<Integer, String> servers;
    private final Set<Remark> checked = new LinkedHashSet<>();
    private final Set<Remark> notChecked = new LinkedHashSet<>();
    private final List<String> told = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    /** Knows the names of the servers by row. */
    Findings(Map<Integer, String> servers) {
        this.servers = servers;
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

    void told(String what) {
        told.add(what);
    }

    VerificationResult result(String runId, @Nullable String chain) {
        return new VerificationResult(
                runId, ordered(checked), ordered(notChecked), List.copyOf(told), List.copyOf(violations), chain);
    }

    /** Without the secrets: what is wrong is shown as it stands, and may be one. */
    void hide(SecretPatterns sought) {
        violations.replaceAll(one -> new Violation(
                one.invariant(),
                one.row(),
                one.server() == null ? null : sought.hidden(one.server()),
                sought.hidden(one.what()),
                sought.hidden(one.evidence()),
                one.action()));
        told.replaceAll(sought::hidden);
    }

    private static List<Remark> ordered(Set<Remark> remarks) {
        return remarks.stream()
                .sorted(Comparator.comparing(remark -> rank(remark.invariant())))
                .toList();
    }

    private static String rank(String invariant) {
        return invariant.matches("I\\d+") ? "%03d".formatted(Integer.parseInt(invariant.substring(1))) : invariant;
    }
}
