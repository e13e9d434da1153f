package dev.smsrunner.sms;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Null-safe lists of answers: the service may send null for a list or inside of one. */
final class Elements {

    private Elements() {}

    static <T> List<T> of(@Nullable List<@Nullable T> list) {
        return list == null
                ? List.of()
                : list.stream()
                        .filter(Objects::nonNull)
                        .<T>map(Objects::requireNonNull)
                        .toList();
    }
}
