package dev.smsrunner.cutover;

import dev.smsrunner.jobfile.GateSettings;
import dev.smsrunner.jobfile.RecordedGates;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.support.Sha256;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings of one gate.
 *
 * @param waves waves whose rows it holds; empty for all rows
 * @param approvers operators who may answer
 * @param expires validity of an approval, and time to answer the question
 * @param selfApproval whether the operator who began the run may approve
 */
public record GateRule(
        String name,
        GateSettings.Step before,
        Set<String> waves,
        List<String> approvers,
        Duration expires,
        boolean selfApproval) {

    static List<GateRule> all(Map<String, String> settings) {
        var gates = new RecordedGates(settings);
        return gates.names().stream()
                .map(name -> new GateRule(
                        name,
                        gates.before(name),
                        Set.copyOf(gates.waves(name)),
                        gates.approvers(name),
                        gates.expires(name),
                        gates.selfApproval(name)))
                .toList();
    }

    /** Whether the gate holds rows of the wave. */
    public boolean coversWave(String wave) {
        return waves.isEmpty() || waves.contains(wave);
    }

    /** Whether the gate holds the row. */
    public boolean covers(LedgerRow row) {
        return coversWave(row.wave());
    }

    /** Names of the approvers, for messages. */
    public String approverNames() {
        return String.join(", ", approvers);
    }

    /**
     * Hash of the covered rows, which an approval is bound to.
     *
     * @param digests digest of each inventory row by row number
     */
    public String rowsHash(Collection<LedgerRow> rows, Map<Integer, String> digests) {
        var text = new StringBuilder();
        rows.stream()
                .filter(this::covers)
                .forEach(row -> text.append(row.row())
                        .append(' ')
                        .append(digests.getOrDefault(row.row(), ""))
                        .append('\n'));
        return Sha256.hex(text.toString());
    }
}
