package dev.smsrunner.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTests {

    private final List<Integer> account = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<Integer> seen = new ArrayList<>();

    private void walk(boolean counted, IntConsumer beforePage) {
        new Paging<List<Integer>, Integer>(
                        String::valueOf, page -> counted ? (Integer) account.size() : null, page -> page)
                .walk(
                        offset -> {
                            beforePage.accept(offsets.size());
                            offsets.add(offset);
                            return List.copyOf(account.subList(
                                    Math.min(offset, account.size()), Math.min(offset + SmsApi.PAGE, account.size())));
                        },
                        (page, fresh) -> seen.addAll(fresh));
    }

    private void servers(int count) {
        IntStream.range(0, count).forEach(account::add);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 199, 200, 201, 400, 1000})
    void takesNoMoreCallsThanPages(int count) {
        servers(count);

        walk(true, page -> {});

        assertThat(seen).isEqualTo(account);
        assertThat(offsets).hasSize(Math.max(1, (count + 199) / 200));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200, 399, 400})
    void endsWithoutACountToo(int count) {
        servers(count);

        walk(false, page -> {});

        assertThat(seen).isEqualTo(account);
    }

    @Test
    void missesNothingWhenServersBeforeTheOffsetAreDeleted() {
        servers(1000);

        walk(true, page -> {
            if (page == 1 || page == 3) {
                account.subList(0, 30).clear();
            }
        });

        assertThat(new HashSet<>(seen)).containsAll(account).hasSameSizeAs(seen);
    }

    @Test
    void missesNothingWhenTheLastPageMovesUpWhole() {
        servers(210);

        walk(true, page -> {
            if (page == 1) {
                account.subList(0, 15).clear();
            }
        });

        assertThat(new HashSet<>(seen)).containsAll(account).hasSameSizeAs(seen);
    }

    @Test
    void passesEachServerOnceWhenOthersAreAddedInFront() {
        servers(500);

        walk(true, page -> {
            if (page == 1) {
                IntStream.range(1000, 1010).forEach(id -> account.add(0, id));
            }
        });

        assertThat(new HashSet<>(seen))
                .containsAll(IntStream.range(0, 500).boxed().toList())
                .hasSameSizeAs(seen);
    }

    @Test
    void aServiceThatIgnoresTheOffsetIsNoticed() {
        servers(200);
        Paging<List<Integer>, Integer> paging = new Paging<>(String::valueOf, page -> 1000, page -> page);

        assertThatThrownBy(() -> paging.walk(offset -> List.copyOf(account), (page, fresh) -> {}))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("the page at offset 200 holds only what earlier pages held");
    }
}
