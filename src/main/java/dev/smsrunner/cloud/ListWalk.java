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
 * Walks a list that may change during the walk and visits each element once. The offset advances by the number of
 * elements received, whatever the requested page size. The walk ends at the announced end of the list or at an empty
 * page. When the total shrinks between two pages, elements have moved up, so the walk goes back that far and misses
 * none.
 */
public final class ListWalk<E> {

    private static final int MAX_STEPS_BACK = 20;

    /** Offsets go up to 65,535 (ListServers, ListTasks), and a page normally has at least 50 elements. */
    private static final int MAX_PAGES = 2_000;

    /** Allowance beyond the announced pages: the list may grow, or its pages may become smaller. */
    private static final int MORE_PAGES = 100;

    /**
     * Page as received.
     *
     * @param count number of all elements of the list, null when the service gives none
     */
    public record Page<E>(@Nullable Integer count, List<E> elements) {}

    private final String operation;
    private final Function<E, @Nullable String> idOf;
    private final Set<String> visited = new HashSet<>();
    private int stepsBack;

    /** @param operation name of the API operation, for messages */
    public ListWalk(String operation, Function<E, @Nullable String> idOf) {
        this.operation = operation;
        this.idOf = idOf;
    }

    /**
     * Passes the new elements of each page to the consumer and skips elements without an id.
     *
     * @param read reads the page at an offset, which counts elements
     * @throws ApiException of kind UNKNOWN when a page repeats earlier ones, or when the list has no end
     */
    public ListCoverage walk(IntFunction<Page<E>> read, Consumer<List<E>> consumer) {
        int offset = 0;
        Integer total = null;
        boolean steppedBack = false;
        int maxPages = MAX_PAGES;
        for (int pages = 0; pages < maxPages; pages++) {
            Page<E> page = read.apply(offset);
            maxPages = pages == 0 ? maxPages(page) : maxPages;
            List<E> newElements = new ArrayList<>();
            int distinct = distinct(page.elements(), newElements);
            Integer currentTotal = plausible(page.count(), offset, distinct);
            int shift = shift(total, currentTotal);
            if (!newElements.isEmpty()) {
                consumer.accept(newElements);
            } else if (shift == 0 && page.elements().isEmpty()) {
                return new ListCoverage(visited.size(), currentTotal);
            } else if (shift == 0 && !steppedBack) {
                throw failure("the page at offset %d has no new element", offset);
            }
            // elements that moved up are now before this page, and were not in the previous one
            offset = shift > 0 ? Math.max(0, offset - shift) : offset + distinct;
            steppedBack = shift > 0;
            total = currentTotal;
            if (total != null && offset >= total) {
                return new ListCoverage(visited.size(), total);
            }
        }
        throw failure("it does not end after %d pages", maxPages);
    }

    /** Maximum number of pages, from the count and the size of the first page. */
    private static <E> int maxPages(Page<E> first) {
        if (first.count() == null || first.count() < 0 || first.elements().isEmpty()) {
            return MAX_PAGES;
        }
        return (int) Math.min(
                MAX_PAGES, MORE_PAGES + 4L * first.count() / first.elements().size());
    }

    /** Ignores a total smaller than the elements already received. */
    private static @Nullable Integer plausible(@Nullable Integer count, int offset, int elements) {
        boolean disproved = count != null && (count < 0 || elements > 0 && count < offset + elements);
        return disproved ? null : count;
    }

    /** Collects new elements and counts the distinct elements of the page. */
    private int distinct(List<E> elements, List<E> newElements) {
        Set<String> here = new HashSet<>();
        int distinct = 0;
        for (E element : elements) {
            String id = idOf.apply(element);
            distinct += id == null || here.add(id) ? 1 : 0;
            if (id != null && visited.add(id)) {
                newElements.add(element);
            }
        }
        return distinct;
    }

    /** Bounds the steps back, so that an oscillating total cannot keep the walk going indefinitely. */
    private int shift(@Nullable Integer previousTotal, @Nullable Integer currentTotal) {
        if (previousTotal == null
                || currentTotal == null
                || currentTotal >= previousTotal
                || stepsBack >= MAX_STEPS_BACK) {
            return 0;
        }
        stepsBack++;
        return previousTotal - currentTotal;
    }

    private ApiException failure(String what, int number) {
        return ApiException.ofUnclearRead(
                operation,
                200,
                ApiError.text("the list cannot be read to its end: " + what.formatted(number) + ". Try again"));
    }
}
