package dev.smsrunner.jobfile;

import java.util.ArrayList;
import java.util.List;

/** Settings in the order of the documentation. A class fills its list while it declares the constants. */
public final class SettingList {

    private final List<SettingDefinition<?>> all = new ArrayList<>();

    /** Appends an optional setting without a default and returns it. */
    public <T> SettingDefinition<T> add(String key, SettingType<T> type, String meaning) {
        return add(SettingDefinition.of(key, type, meaning));
    }

    /** Appends a setting with a default and returns it. */
    public <T> SettingDefinition<T> add(String key, SettingType<T> type, String standard, String meaning) {
        return add(SettingDefinition.of(key, type, meaning).withDefault(standard));
    }

    /** Appends a setting and returns it. */
    public <T> SettingDefinition<T> add(SettingDefinition<T> setting) {
        all.add(setting);
        return setting;
    }

    /** All settings of the list. */
    public List<SettingDefinition<?>> all() {
        return List.copyOf(all);
    }
}
