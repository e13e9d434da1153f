package dev.smsrunner.sms;

import dev.smsrunner.cloud.ApiError;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Walks a list that may change meanwhile, each element once. When the total shrinks between two pages, elements have moved up: the walk
 * goes back that far, so that none is passed over.
 */
final class Paging<P, E> {

    private static final int MAX_STEPS_BACK = 20;

    private final Function<E, @Nullable String> idOf;
    private final Function<P, @Nullable Integer> countOf;
    private final Function<P, List<E>> elementsOf;
    private final Set<String> seen = new HashSet<>();
    private int stepsBack;

    Paging(
            Function<E, @Nullable String> idOf,
            Function<P, @Nullable Integer> countOf,
            Function<P, List<E>> elementsOf) {
        this.idOf = idOf;
        this.countOf = countOf;
        this.elementsOf = elementsOf;
    }

    /** Hands each page with the elements not met before to the consumer. */
    void walk(IntFunction<P> read, BiConsumer<P, List<E>> consumer) {
        int offset = 0;
        int total = Integer.MAX_VALUE;
        boolean wentBack = false;
        while (offset < total) {
            P page = read.apply(offset);
            List<E> elements = elementsOf.apply(page);
            int now = total(page, elements.size());
            int movedUp = movedUp(total, now);
            List<E> fresh = elements.stream().filter(this::isNew).toList();
            if (!fresh.isEmpty()) {
                consumer.accept(page, fresh);
            } else if (movedUp == 0 && !wentBack && elements.size() == SmsApi.PAGE) {
                throw repeated(offset);
            } else if (movedUp == 0 && elements.isEmpty()) {
                return;
            }
            // what moved up stands before this page now, and was not in the one before it
            offset = movedUp > 0 ? Math.max(0, offset - movedUp) : offset + elements.size();
            wentBack = movedUp > 0;
            total = now;
        }
    }

    /** What the service says; when it says nothing, a page that is not full is the last one. */
    private int total(P page, int size) {
        Integer count = countOf.apply(page);
        return count != null ? count : size < SmsApi.PAGE ? 0 : Integer.MAX_VALUE;
    }

    /** Going back is bounded, so that a total that swings to and fro cannot keep the walk going for ever. */
    private int movedUp(int before, int now) {
        boolean shrunk = before != Integer.MAX_VALUE && now < before && stepsBack < MAX_STEPS_BACK;
        stepsBack += shrunk ? 1 : 0;
        return shrunk ? before - now : 0;
    }

    private boolean isNew(E element) {
        String id = idOf.apply(element);
        return id == null || seen.add(id);
    }

    private static ApiException repeated(int offset) {
        return new ApiException(
                Verdict.UNKNOWN,
                "Paging",
                200,
                ApiError.text("the page at offset " + offset
                        + " holds only what earlier pages held, so the list is not complete. Try again"));
    }
}
