package dev.smsrunner.jobfile;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Typed values of settings.
 *
 * @param byKey values by dotted key, each of the type of its definition; settings that mean none are absent
 */
public record SettingValues(Map<String, Object> byKey) {

    /** Value of a setting; null when it means none. */
    @SuppressWarnings("unchecked") // only EffectiveSettings creates values, with the type of the definition
    public <T> @Nullable T find(SettingDefinition<T> setting) {
        return (T) byKey.get(setting.key());
    }

    /** Value of a setting that has a default. */
    public <T> T get(SettingDefinition<T> setting) {
        return Objects.requireNonNull(find(setting), setting.key());
    }
}
