package dev.smsrunner.inventory;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Columns that the job file assigns to names of the header, as its block {@code columns} does.
 *
 * @param targets label of a column, or {@value #IGNORE}, by the name as the job file writes it, in the order of the file
 * @param optional names that the header may lack
 */
public record ColumnMapping(Map<String, String> targets, Set<String> optional) {

    /** Target of a name that the runner leaves out. */
    public static final String IGNORE = "ignore";

    /** Name for every column of the file that the runner does not know. */
    public static final String REST = "*";

    /** Mapping of a job file without the block. */
    public static final ColumnMapping NONE = new ColumnMapping(Map.of());

    public ColumnMapping {
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        optional = Set.copyOf(optional);
    }

    /** Mapping whose names the header must have. */
    public ColumnMapping(Map<String, String> targets) {
        this(targets, Set.of());
    }

    /**
     * Mapping of another file, whose header may lack any of the names; {@code *} does not count.
     *
     * @param others names that the header must have; they replace those with the same name or the same column
     */
    public ColumnMapping forList(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>();
        Set<String> keys = new HashSet<>();
        others.keySet().forEach(name -> keys.add(key(name)));
        targets.forEach((name, target) -> {
            if (!keys.contains(key(name)) && !others.containsValue(target)) {
                all.put(name, target);
            }
        });
        Set<String> mayLack = Set.copyOf(all.keySet());
        all.putAll(others);
        all.put(REST, IGNORE);
        return new ColumnMapping(all, mayLack);
    }

    /** Comparison key of a name: its lower case letters and digits; the name itself when it has none. */
    public static String key(String name) {
        String key = HeaderName.key(name);
        return key.isEmpty() ? Whitespace.trim(name) : key;
    }

    /** Target of a name of the header; empty when the job file does not mention it. */
    Optional<String> target(String written) {
        return targets.isEmpty() ? Optional.empty() : Optional.ofNullable(byKey().get(key(written)));
    }

    private Map<String, String> byKey() {
        Map<String, String> byKey = new HashMap<>();
        targets.forEach((name, target) -> byKey.put(key(name), target));
        return byKey;
    }

    /** Whether the runner leaves out every column that it does not know. */
    boolean ignoresRest() {
        return IGNORE.equals(targets.get(REST));
    }

    /** Names that the header does not have. */
    List<String> missingFrom(List<String> header) {
        List<String> keys = header.stream().map(ColumnMapping::key).toList();
        return targets.keySet().stream()
                .filter(name -> !name.equals(REST) && !optional.contains(name) && !keys.contains(key(name)))
                .toList();
    }

    /** Line of a job file that maps a name to a target. */
    static String example(String name, String target) {
        return "columns: {\"" + QuotedText.inMessage(name) + "\": " + target + "}";
    }
}
