package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListWalkTests {

    private final List<Integer> account = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<Integer> visited = new ArrayList<>();

    private ListCoverage walk(IntFunction<ListWalk.Page<Integer>> read) {
        return new ListWalk<Integer>("ListServers", id -> id < 0 ? null : String.valueOf(id))
                .walk(
                        offset -> {
                            offsets.add(offset);
                            return read.apply(offset);
                        },
                        visited::addAll);
    }

    private ListCoverage walk(boolean counted, int size, IntConsumer beforePage) {
        return walk(offset -> {
            beforePage.accept(offsets.size() - 1);
            return new ListWalk.Page<>(counted ? account.size() : null, page(offset, size));
        });
    }

    private List<Integer> page(int offset, int size) {
        return List.copyOf(account.subList(Math.min(offset, account.size()), Math.min(offset + size, account.size())));
    }

    private void servers(int count) {
        IntStream.range(0, count).forEach(account::add);
    }

    @ParameterizedTest
    @CsvSource({"0,200", "1,200", "199,200", "200,200", "201,200", "400,200", "1000,200", "250,100", "250,1", "7,3"})
    void takesNoMoreCallsThanPagesWhateverTheirSize(int count, int size) {
        servers(count);

        var coverage = walk(true, size, page -> {});

        assertThat(visited).isEqualTo(account);
        assertThat(coverage.isComplete()).isTrue();
        assertThat(offsets).hasSize(Math.max(1, (count + size - 1) / size));
    }

    @ParameterizedTest
    @CsvSource({"0,200", "1,200", "200,200", "399,200", "400,200", "250,100"})
    void endsAtAnEmptyPageWhereThereIsNoCount(int count, int size) {
        servers(count);

        var coverage = walk(false, size, page -> {});

        assertThat(visited).isEqualTo(account);
        assertThat(coverage.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 99, 199})
    void aCountThatIsTooSmallIsIgnored(int count) {
        servers(250);

        var coverage = walk(offset -> new ListWalk.Page<>(count, page(offset, 100)));

        assertThat(visited).isEqualTo(account);
        assertThat(coverage.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {251, 300, 1000, Integer.MAX_VALUE})
    void fewerThanCountedIsIncomplete(int count) {
        servers(250);

        var coverage = walk(offset -> new ListWalk.Page<>(count, page(offset, 100)));

        assertThat(visited).isEqualTo(account);
        assertThat(coverage.isComplete()).isFalse();
        assertThat(coverage).hasToString("250 of " + count);
        assertThat(offsets).containsExactly(0, 100, 200, 250);
    }

    @Test
    void anElementWithoutAnIdIsCountedAndSkipped() {
        servers(5);
        account.set(2, -1);

        var coverage = walk(true, 200, page -> {});

        assertThat(visited).containsExactly(0, 1, 3, 4);
        assertThat(coverage).isEqualTo(new ListCoverage(4, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 199, 200, 201})
    void aServiceThatIgnoresTheOffsetIsNoticed(int size) {
        servers(size);

        assertThatThrownBy(() -> walk(offset -> new ListWalk.Page<>(1000, page(0, size))))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CallFailureKind.UNKNOWN))
                .hasMessageContaining("the page at offset %d has no new element", size);
        assertThat(offsets).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 200})
    void pagesWithoutIdsEnd(int size) {
        for (Integer count : new Integer[] {null, 0, size, 1000}) {
            assertThatThrownBy(() -> walk(offset -> new ListWalk.Page<>(count, Collections.nCopies(size, -1))))
                    .hasMessageContaining("the page at offset 0 has no new element");
        }
    }

    @Test
    void aListWithoutAnEndIsCutOff() {
        assertThatThrownBy(() -> walk(offset -> new ListWalk.Page<>(null, List.of(offset))))
                .hasMessageContaining("it does not end after 2000 pages");
        assertThatThrownBy(() -> walk(offset -> new ListWalk.Page<>(offset + 2, List.of(1_000_000 + offset))))
                .hasMessageContaining("it does not end after 108 pages");
        offsets.clear();
        assertThatThrownBy(() -> walk(offset -> new ListWalk.Page<>(
                        3,
                        IntStream.range(offset, offset + 200)
                                .mapToObj(i -> 2_000_000 + i)
                                .toList())))
                .hasMessageContaining("it does not end after 100 pages");
        assertThat(offsets).hasSize(100);
    }

    @Test
    void anOscillatingTotalEndsTheWalk() {
        servers(400);

        assertThatThrownBy(() ->
                        walk(offset -> new ListWalk.Page<>(1000 - offsets.size() % 2 * 300, page(offset % 400, 100))))
                .isInstanceOf(ApiException.class);
        assertThat(offsets).hasSizeLessThan(60);
    }

    @Test
    void aRepeatedElementOnAPageHidesNoOther() {
        servers(250);

        walk(offset -> {
            var page = new ArrayList<>(page(offset, 200));
            page.add(page.get(0));
            return new ListWalk.Page<>(250, page);
        });

        assertThat(visited).isEqualTo(account);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200})
    void missesNothingWhenServersBeforeTheOffsetAreDeleted(int size) {
        servers(1000);

        walk(true, size, page -> {
            if (page == 1 || page == 3) {
                account.subList(0, 30).clear();
            }
        });

        assertThat(new HashSet<>(visited)).containsAll(account).hasSameSizeAs(visited);
    }

    @Test
    void missesNothingWhenTheLastPageMovesUpWhole() {
        servers(210);

        walk(true, 200, page -> {
            if (page == 1) {
                account.subList(0, 15).clear();
            }
        });

        assertThat(new HashSet<>(visited)).containsAll(account).hasSameSizeAs(visited);
    }

    @Test
    void passesEachServerOnceWhenOthersAreAddedInFront() {
        servers(500);

        walk(true, 200, page -> {
            if (page == 1) {
                IntStream.range(1000, 1010).forEach(id -> account.add(0, id));
            }
        });

        assertThat(new HashSet<>(visited))
                .containsAll(IntStream.range(0, 500).boxed().toList())
                .hasSameSizeAs(visited);
    }
}
