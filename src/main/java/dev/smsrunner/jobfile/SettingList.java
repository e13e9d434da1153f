package dev.smsrunner.jobfile;

import java.util.ArrayList;
import java.util.List;

/** Settings in the order of the documentation. A class fills its list while it declares the constants. */
public final class SettingList {

    private final List<SettingDefinition<?>> all = new ArrayList<>();

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
