package dev.smsrunner.cloud;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Walks a list that may change during the walk, each element once; used for every list of a service. It advances by the number of elements that
 * came, whatever the size of a page that was asked for, and ends where the service says that the list ends, or at an empty page. When
 * the total shrinks between two pages, elements have moved up: the walk goes back that far, so that none is passed over.
 */
public final class ListWalk<E> {

    private static final int MOST_STEPS_BACK = 20;

    /** Offsets go up to 65,535 (ListServers, ListTasks), and a page has 50 elements at least, unless the service plays tricks. */
    private static final int MOST_PAGES = 2_000;

    /** Beyond the pages that its count announces a list may grow, or its pages become smaller. */
    private static final int MORE_PAGES = 100;

    /**
     * One page as it came.
     *
     * @param count number of all elements of the list, null when the service did not say
     */
    public record Page<E>(@Nullable Integer count, List<E> elements) {}

    private final String operation;
    private final Function<E, @Nullable String> idOf;
    private final Set<String> seen = new HashSet<>();
    private int stepsBack;

    /** @param operation name of the API operation, for messages */
    public ListWalk(String operation, Function<E, @Nullable String> idOf) {
        this.operation = operation;
        this.idOf = idOf;
    }

    /**
     * Hands the elements of each page that were not met before to the consumer; those without an id are left out.
     *
     * @param read reads the page at an offset, which counts elements
     * @throws ApiException with the verdict UNKNOWN when a page repeats earlier ones, or when the list has no end
     */
    public ListCoverage walk(IntFunction<Page<E>> read, Consumer<List<E>> consumer) {
        int offset = 0;
        Integer total = null;
        boolean wentBack = false;
        int most = MOST_PAGES;
        for (int pages = 0; pages < most; pages++) {
            Page<E> page = read.apply(offset);
            most = pages == 0 ? most(page) : most;
            List<E> fresh = new ArrayList<>();
            int distinct = distinct(page.elements(), fresh);
            Integer now = plausible(page.count(), offset, distinct);
            int movedUp = movedUp(total, now);
            if (!fresh.isEmpty()) {
                consumer.accept(fresh);
            } else if (movedUp == 0 && page.elements().isEmpty()) {
                return new ListCoverage(seen.size(), now);
            } else if (movedUp == 0 && !wentBack) {
                throw failed("the page at offset %d has no element that earlier pages did not have", offset);
            }
            // what moved up stands before this page now, and was not in the one before it
            offset = movedUp > 0 ? Math.max(0, offset - movedUp) : offset + distinct;
            wentBack = movedUp > 0;
            total = now;
            if (total != null && offset >= total) {
                return new ListCoverage(seen.size(), total);
            }
        }
        throw failed("it has no end after %d pages", most);
    }

    /** How many pages are read at most, by the count and the size of the first one. */
    private static <E> int most(Page<E> first) {
        if (first.count() == null || first.count() < 0 || first.elements().isEmpty()) {
            return MOST_PAGES;
        }
        return (int) Math.min(
                MOST_PAGES, MORE_PAGES + 4L * first.count() / first.elements().size());
    }

    /** A total that is smaller than what the page itself proves tells nothing. */
    private static @Nullable Integer plausible(@Nullable Integer count, int offset, int elements) {
        boolean disproved = count != null && (count < 0 || elements > 0 && count < offset + elements);
        return disproved ? null : count;
    }

    /** Adds what is new, and counts the elements of the page without those that it has twice. */
    private int distinct(List<E> elements, List<E> fresh) {
        Set<String> here = new HashSet<>();
        int distinct = 0;
        for (E element : elements) {
            String id = idOf.apply(element);
            distinct += id == null || here.add(id) ? 1 : 0;
            if (id != null && seen.add(id)) {
                fresh.add(element);
            }
        }
        return distinct;
    }

    /** Going back is bounded, so that a total that swings to and fro cannot keep the walk going indefinitely. */
    private int movedUp(@Nullable Integer before, @Nullable Integer now) {
        boolean shrunk = before != null && now != null && now < before && stepsBack < MOST_STEPS_BACK;
        stepsBack += shrunk ? 1 : 0;
        return shrunk ? before - now : 0;
    }

    private ApiException failed(String what, int number) {
        return new ApiException(
                CallFailureKind.UNKNOWN,
                operation,
                200,
                ApiError.text("the list cannot be read to its end: " + what.formatted(number) + ". Try again"));
    }
}
