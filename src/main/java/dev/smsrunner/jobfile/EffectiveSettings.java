package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellLimits;
import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.support.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Converts raw settings into typed values. A missing setting gets its default; a bad one is reported and gets its default. Each
 * effective value is recorded under its key in a canonical spelling.
 */
public final class EffectiveSettings {

    private final RawSettings raw;
    private final Problems problems;
    private final Path file;
    private final boolean recorded;
    private final SortedMap<String, String> effective = new TreeMap<>();
    private final SettingValues values = new SettingValues(new HashMap<>());
    private final Map<String, String> byColumn = new LinkedHashMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** @param recorded whether the job file is the recorded text of a run */
    EffectiveSettings(Path file, RawSettings raw, Problems problems, boolean recorded) {
        this.file = file;
        this.recorded = recorded;
        this.raw = raw;
        this.problems = problems;
    }

    /** Whether the settings belong to a recorded run. An earlier version may have allowed more. */
    boolean isRecorded() {
        return recorded;
    }

    Path file() {
        return file;
    }

    RawSettings raw() {
        return raw;
    }

    /** Whether the job file or the command line gives the setting a value. */
    public boolean has(SettingDefinition<?> setting) {
        return raw.has(setting.key());
    }

    /** Whether the job file has the block, perhaps without keys. */
    public boolean hasBlock(String name) {
        return raw.blocks().containsKey(name);
    }

    /** Names of the blocks directly in the block, and of those that the command line sets keys of, in that order. */
    public Set<String> blocksIn(String block) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(
                        raw.blocks().keySet().stream(),
                        StreamSupport.stream(raw.all().spliterator(), false)
                                .map(Setting::key)
                                .map(SettingKeys::blockOf))
                .filter(name -> name.startsWith(block + "."))
                .map(name -> name.substring(block.length() + 1))
                .forEach(names::add);
        return names;
    }

    /** Text of a setting as given; empty when it is missing. */
    public String text(SettingDefinition<?> setting) {
        Setting given = raw.get(setting.key());
        return given == null ? "" : given.text();
    }

    /** Names that take the place of the placeholder in keys of these patterns, in the order of the file. */
    public Set<String> names(SettingDefinition<?>... patterns) {
        Set<String> names = new LinkedHashSet<>();
        raw.all()
                .forEach(given -> Stream.of(patterns)
                        .map(pattern -> pattern.nameIn(given.key()))
                        .forEach(names::add));
        names.remove("");
        return names;
    }

    /** Reads and records a setting that has a default. */
    public <T> T value(SettingDefinition<T> setting) {
        return Objects.requireNonNull(find(setting), setting.key());
    }

    /** Reads and records a setting; null when it means none, and when it is missing or bad and has no default. */
    public <T> @Nullable T find(SettingDefinition<T> setting) {
        Setting given = raw.get(setting.key());
        String missing = setting.missing();
        if (given == null && missing != null && !raw.wasWritten(setting.key())) {
            problem(setting, "is missing", missing);
        }
        if (given != null) {
            var input = new SettingInput(setting, given.text(), this);
            T value = setting.type().reader().read(input);
            if (value != null || !input.isFaulty()) {
                keep(setting, value, input, false);
                return value;
            }
        }
        String standard = setting.standard();
        if (standard == null) {
            return null;
        }
        var input = new SettingInput(setting, standard, this);
        T value = setting.type().reader().read(input);
        keep(setting, value, input, true);
        return value;
    }

    private <T> void keep(SettingDefinition<T> setting, @Nullable T value, SettingInput input, boolean isDefault) {
        if (value != null) {
            values.byKey().put(setting.key(), value);
        }
        String text = value == null ? input.keyword() : setting.type().writer().apply(input, value);
        if (setting.recordPolicy().includes(isDefault, text.equals(setting.standard()))) {
            effective.put(setting.key(), text);
        }
    }

    /** Default of a setting that this job does not have; not recorded. */
    <T> T standard(SettingDefinition<T> setting) {
        var text = Objects.requireNonNull(setting.standard());
        return Objects.requireNonNull(setting.type().reader().read(new SettingInput(setting, text, this)));
    }

    /** Value that an earlier call read; null when there is none. */
    public <T> @Nullable T known(SettingDefinition<T> setting) {
        return values.find(setting);
    }

    /** Sets the value that later settings depend on when neither job file nor command line gives one; not recorded. */
    public <T> void assume(SettingDefinition<T> setting, T value) {
        values.byKey().putIfAbsent(setting.key(), value);
    }

    /** Project of the token; null when the job file names none. */
    public @Nullable String tokenProject() {
        return known(SharedSettings.PROJECT_ID);
    }

    /** Values read so far. */
    SettingValues values() {
        return new SettingValues(Map.copyOf(values.byKey()));
    }

    /** Reads a value for the empty cells of the column with the name of the key; null when it is missing. */
    public @Nullable String fill(SettingDefinition<String> setting) {
        String value = find(setting);
        if (value != null) {
            fill(SettingDefinition.columnOf(setting.key()).label(), value);
        }
        return value;
    }

    /** Sets the value for empty cells of this column. */
    public void fill(String label, String value) {
        byColumn.put(label, value);
    }

    /** Value for empty cells of the column; empty when there is none. */
    public String filled(String label) {
        return byColumn.getOrDefault(label, "");
    }

    /** Values for empty cells, by column name. */
    Map<String, String> byColumn() {
        return Collections.unmodifiableMap(byColumn);
    }

    /** Limits of cell values. */
    public CellLimits cellLimits() {
        return CellLimits.of(byColumn);
    }

    /** Records a path that the command line sets by an option of its own. */
    Path record(SettingDefinition<Path> setting, Path path) {
        effective.put(setting.key(), relative(path));
        return path;
    }

    /** Path relative to the job file, so that the hash does not depend on the directory. */
    String relative(Path path) {
        Path from = file.toAbsolutePath().normalize().getParent();
        Path to = path.toAbsolutePath().normalize();
        String relative = from != null && to.getRoot() != null && to.getRoot().equals(from.getRoot())
                ? from.relativize(to).toString()
                : to.toString();
        return (relative.isEmpty() ? "." : relative).replace('\\', '/');
    }

    /** Reports two settings that exclude each other, at the key of the first. */
    public void conflict(SettingDefinition<?> setting, String what, String other, String advice) {
        conflict(setting.key(), what, other, advice);
    }

    void conflict(String key, String what, String other, String advice) {
        problem(key, what + " is not possible with " + other, advice);
    }

    /** Reports a problem at the location of the setting. */
    public void problem(SettingDefinition<?> setting, String what, String advice) {
        problem(setting.key(), what, advice);
    }

    /** Reports a name that is none of the known ones. */
    public void unknown(SettingDefinition<?> setting, String name, Collection<String> known) {
        SettingTypes.unknown(new SettingInput(setting, name, this), name, List.copyOf(known), "write one of ");
    }

    /** Adds a warning about the value of the setting. */
    public void warn(SettingDefinition<?> setting, String text) {
        var place = raw.placeOf(setting.key());
        warnings.add((place.isOption() ? place.file() : setting.key()) + ": " + text);
    }

    /** Warnings about values that the runner uses as they are. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void problem(String key, String what, String advice) {
        problems.add(raw.placeOf(key), key, what, advice);
    }

    /** Reports a problem found by the grammar of a cell, if there is one. */
    public void problem(SettingDefinition<?> setting, @Nullable CellProblem problem) {
        if (problem != null) {
            problem(setting, problem.what(), problem.advice());
        }
    }

    SortedMap<String, String> map() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    }

    /** Recorded keys that neither the job file nor the command line sets. */
    Set<String> defaultedKeys() {
        return effective.keySet().stream().filter(key -> !raw.wasWritten(key)).collect(Collectors.toUnmodifiableSet());
    }

    /** SHA-256 of all effective settings, as lower case hex. */
    String hash() {
        MessageDigest digest = Sha256.digest();
        effective.forEach((key, value) ->
                digest.update((key + "=" + value.length() + ":" + value + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
