package dev.smsrunner.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The faults of this world. Chance depends on the seed and on the number of earlier similar calls for the same source.
 * The arrival order of threads has no influence. Callers must hold the monitor of the cloud.
 */
final class Faults {

    private final Map<Pattern, ServerFault> servers = new LinkedHashMap<>();
    private final List<AnswerFault> answers;
    private final WorldRules rules;
    private final long seed;
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<AnswerFault, Integer> struck = new HashMap<>();

    Faults(Map<String, ServerFault> byGlob, List<AnswerFault> answers, WorldRules rules, long seed) {
        byGlob.forEach((glob, fault) -> servers.put(pattern(glob), fault));
        this.answers = answers;
        this.rules = rules;
        this.seed = seed;
    }

    static Faults none() {
        return new Faults(Map.of(), List.of(), WorldRules.USUAL, 0);
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }

    ServerFault ofServer(String name) {
        return servers.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(name).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ServerFault.NONE);
    }

    WorldRules rules() {
        return rules;
    }

    /** The fault that applies to this call, or null. */
    @Nullable
    AnswerFault strike(String operation, String action, String sourceId) {
        for (int i = 0; i < answers.size(); i++) {
            AnswerFault fault = answers.get(i);
            if (fault.concerns(operation, action) && strikes(fault, i, operation + action, sourceId)) {
                struck.merge(fault, 1, Integer::sum);
                return fault;
            }
        }
        return null;
    }

    private boolean strikes(AnswerFault fault, int index, String call, String sourceId) {
        int nth = calls.merge(index + "/" + call + "/" + sourceId, 1, Integer::sum);
        boolean turn = !fault.firstPerSource() || nth == 1 && !sourceId.isEmpty();
        return turn
                && struck.getOrDefault(fault, 0) < fault.times()
                && chance(index, call, sourceId, nth) < fault.probability();
    }

    private double chance(int index, String call, String sourceId, int nth) {
        long mixed = seed * 31 + index;
        mixed = mixed * 1_000_003 + call.hashCode();
        mixed = mixed * 1_000_003 + sourceId.hashCode();
        return new SplittableRandom(mixed * 1_000_003 + nth).nextDouble();
    }
}
