package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Definition of one key of the job file, and the only place of its type, range, default and meaning.
 *
 * @param key dotted key; {@code <name>} stands for any name, {@code <column>} for each of {@code names}
 * @param type type of the values
 * @param standard text of the default; null when there is none, or when it depends on other settings
 * @param shown default for the documentation, in Markdown
 * @param missing advice for a job file without the key; null when the key is optional
 * @param recordPolicy when the settings of a run contain the key
 * @param names names for the placeholder; empty when there is none, or when any name is possible
 * @param meaning plain sentences, in Markdown
 */
public record SettingDefinition<T>(
        String key,
        SettingType<T> type,
        @Nullable String standard,
        String shown,
        @Nullable String missing,
        RecordPolicy recordPolicy,
        List<String> names,
        String meaning) {

    /** Rules for the recorded settings of a run, which a resumed run compares. */
    enum RecordPolicy {
        /** The value or its default is recorded. */
        ALWAYS,
        /** For a key that earlier versions did not have: the default counts as no setting. */
        IF_SET,
        /** Same, and the default counts as no setting even if it is set. */
        UNLESS_DEFAULT,
        /** The key is no part of the job. */
        NEVER;

        /**
         * Whether the settings contain the key.
         *
         * @param unset whether the value is the default because the key is not set
         * @param standard whether the value is the default, set or not
         */
        boolean includes(boolean unset, boolean standard) {
            return switch (this) {
                case ALWAYS -> true;
                case IF_SET -> !unset;
                case UNLESS_DEFAULT -> !standard;
                case NEVER -> false;
            };
        }
    }

    /** Optional key without a default. */
    public static <T> SettingDefinition<T> of(String key, SettingType<T> type, String meaning) {
        return new SettingDefinition<>(
                key, type, null, "none", null, RecordPolicy.ALWAYS, List.of(), meaning.replace('\n', ' '));
    }

    /** Same key with a default. */
    public SettingDefinition<T> withDefault(String text) {
        return new SettingDefinition<>(key, type, text, "`" + text + "`", missing, recordPolicy, names, meaning);
    }

    /** Same key with this default in the documentation. */
    public SettingDefinition<T> shownAs(String text) {
        return new SettingDefinition<>(key, type, standard, text, missing, recordPolicy, names, meaning);
    }

    /** Same key, required: a job file without it is refused with this advice. */
    SettingDefinition<T> required(String advice) {
        return new SettingDefinition<>(key, type, standard, "required", advice, recordPolicy, names, meaning);
    }

    /** Same key, with the default not recorded: earlier versions did not have the key. */
    public SettingDefinition<T> recordedIfSet() {
        return with(RecordPolicy.IF_SET);
    }

    SettingDefinition<T> with(RecordPolicy policy) {
        return new SettingDefinition<>(key, type, standard, shown, missing, policy, names, meaning);
    }

    /** Same pattern for these columns. */
    public SettingDefinition<T> forColumns(List<Column> columns) {
        List<String> labels = columns.stream().map(Column::label).toList();
        return new SettingDefinition<>(key, type, standard, shown, missing, recordPolicy, labels, meaning);
    }

    /** Key of the pattern with this name. */
    public SettingDefinition<T> at(String name) {
        return new SettingDefinition<>(
                prefix() + name + suffix(), type, standard, shown, missing, recordPolicy, List.of(), meaning);
    }

    /** Keys of the pattern, one for each name; the key itself when it is no pattern. */
    public List<SettingDefinition<T>> each() {
        return names.isEmpty() ? List.of(this) : names.stream().map(this::at).toList();
    }

    /** Whether any name may take the place of the placeholder. A name may contain dots. */
    boolean takesAnyName() {
        return names.isEmpty() && key.contains("<");
    }

    /** Name in a key of the pattern; empty when the key does not match. */
    String nameIn(String other) {
        boolean matches = takesAnyName()
                && other.length() > prefix().length() + suffix().length()
                && other.startsWith(prefix())
                && other.endsWith(suffix());
        return matches ? other.substring(prefix().length(), other.length() - suffix().length()) : "";
    }

    private String prefix() {
        return key.substring(0, key.indexOf('<'));
    }

    private String suffix() {
        return key.substring(key.indexOf('>') + 1);
    }

    @Override
    public String toString() {
        return key;
    }

    /** Column with the name of the last part of the key. */
    public static Column columnOf(String key) {
        return Column.of(key.substring(key.lastIndexOf('.') + 1)).orElseThrow();
    }
}
