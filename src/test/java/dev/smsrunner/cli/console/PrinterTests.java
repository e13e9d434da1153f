package dev.smsrunner.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Output of a process to terminals that read it or not. */
@Timeout(30)
class PrinterTests {

    private static final Duration SOON = Duration.ofMillis(300);

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Reader both = new Reader(screen);

    @AfterEach
    void release() {
        both.reads();
    }

    @Test
    void bothStreamsKeepTheirOrder() {
        var printer = detached(both, both, Duration.ofSeconds(10));
        both.reads();
        var out = printer.out();
        var err = printer.err();

        for (int line = 0; line < 500; line++) {
            err.println("progress " + line);
            out.println("result " + line);
        }
        assertThat(out.checkError()).isFalse();
        assertThat(err.checkError()).isFalse();

        var expected = java.util.stream.IntStream.range(0, 500)
                .boxed()
                .flatMap(line -> java.util.stream.Stream.of("progress " + line, "result " + line));
        assertThat(shown()).containsExactlyElementsOf(expected.toList());
    }

    @Test
    void attachedPrinterWritesDirectly() {
        var printer = new Printer(both, both, SOON);
        both.reads();

        printer.out().println("a table");

        assertThat(shown()).containsExactly("a table");
    }

    @Test
    void blockedTerminalDropsOldLines() {
        var printer = detached(both, both, SOON);
        var err = printer.err();
        var line = "x".repeat(1_000);

        err.println("0 " + line);
        await("the first line is being written").until(both::isWrittenTo);
        for (int number = 1; number < 5_000; number++) {
            err.println(number + " " + line);
        }
        both.reads();
        assertThat(err.checkError()).as("some of it was lost").isTrue();

        var lines = shown();
        assertThat(lines.get(0)).startsWith("0 ");
        assertThat(lines.get(1)).matches("… \\d+ lines of progress were not shown: the terminal did not read them\\.");
        int left = Integer.parseInt(lines.get(1).split(" ")[1]);
        assertThat(lines).as("nothing else is missing").hasSize(5_000 - left + 1);
        assertThat(lines.get(2)).startsWith(left + 1 + " ");
        assertThat(lines.get(lines.size() - 1)).startsWith("4999 ");
        assertThat(left).isBetween(3_800, 4_200);
    }

    @Test
    void hugeLineIsLimited() {
        var printer = detached(both, both, SOON);
        var err = printer.err();

        err.println("y".repeat(10_000_000));
        err.println("the next line");
        both.reads();
        err.checkError();

        assertThat(screen.size()).isLessThan(1_300_000);
        assertThat(shown()).last().isEqualTo("the next line");
    }

    @Test
    void blockedProgressDoesNotBlockResult() {
        var result = new ByteArrayOutputStream();
        var printer = detached(result, both, Duration.ofSeconds(10));

        printer.err().println("progress");
        printer.out().println("result");

        assertThat(printer.out().checkError()).isFalse();
        assertThat(result.toString(StandardCharsets.UTF_8)).isEqualTo("result\n");
    }

    @Test
    void blockedResultTimesOut() {
        var printer = detached(both, both, SOON);
        var out = printer.out();
        printer.err().println("progress");
        out.println("result");

        assertThat(out.checkError()).as("it was not read").isTrue();
        long given = System.nanoTime();
        assertThat(printer.err().checkError()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - given))
                .as("one timeout per reader")
                .isLessThan(SOON);
    }

    @Test
    void slowReaderGetsWholeResult() throws InterruptedException {
        var printer = detached(both, both, Duration.ofSeconds(5));
        var out = printer.out();
        var result = "z".repeat(40_000) + "\n";
        out.print(result);

        var reading = new Thread(() -> {
            for (int piece = 0; piece < 10; piece++) {
                both.takesOne();
            }
        });
        reading.start();

        assertThat(out.checkError()).isFalse();
        reading.join();
        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualTo(result);
    }

    @Test
    void closedPipeIsNoError() {
        var closed = new OutputStream() {
            @Override
            public void write(int letter) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        var printer = detached(closed, closed, SOON);

        assertThatCode(() -> printer.out().println("result")).doesNotThrowAnyException();
        assertThat(printer.out().checkError()).isTrue();
    }

    @Test
    void slowReaderGetsLatestDrawing() {
        var printer = detached(both, both, SOON);
        var err = printer.err();
        var region = new LiveRegion(err, () -> 80);
        err.println("before");
        await().until(both::isWrittenTo);

        for (int drawing = 0; drawing < 2_500; drawing++) {
            region.draw(List.of("line " + drawing), List.of("block " + drawing));
        }
        region.leave();
        both.reads();
        assertThat(err.checkError()).isFalse();
        region.draw(List.of(), List.of("the next block"));
        err.checkError();

        var lines = shown().stream()
                .map(PrinterTests::plain)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(lines).filteredOn(line -> line.startsWith("block")).containsExactly("block 2499");
        assertThat(lines).contains(PrinterLane.droppedNotice(1_501)).contains("line 1501", "line 2499");
        assertThat(lines).last().isEqualTo("the next block");
        assertThat(screen.toString(StandardCharsets.UTF_8)).doesNotContain("A"); // nothing above is drawn over
    }

    @Test
    void hangupSilencesTerminalButNotFile() {
        var file = new ByteArrayOutputStream();
        var printer = detached(file, both, Duration.ofSeconds(10));
        var context = new CommandContext(
                printer.out(),
                printer.err(),
                false,
                true,
                Map.of(),
                "sms-runner",
                Clock.systemUTC(),
                time -> {},
                lease -> true);
        var hangup = new HangupHandler(context);
        printer.err().println("progress");

        hangup.hungUp();
        printer.err().println("more progress");
        printer.out().println("result");
        both.reads();

        assertThat(printer.out().checkError()).isFalse();
        assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("result\n");
        printer.err().checkError();
        assertThat(shown()).doesNotContain("more progress");
    }

    private static Printer detached(OutputStream out, OutputStream err, Duration patience) {
        var printer = new Printer(out, err, patience);
        printer.detach();
        return printer;
    }

    private static String plain(String line) {
        return line.replaceAll("\u001b\\[[0-9]*[A-Z]|\r", "");
    }

    private List<String> shown() {
        return screen.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Terminal that blocks until it is switched to reading. */
    private static final class Reader extends OutputStream {

        private final OutputStream screen;
        private final Semaphore room = new Semaphore(0);

        Reader(OutputStream screen) {
            this.screen = screen;
        }

        void reads() {
            room.release(1_000_000);
        }

        void takesOne() {
            room.release();
        }

        boolean isWrittenTo() {
            return room.hasQueuedThreads();
        }

        @Override
        public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            room.acquireUninterruptibly();
            synchronized (screen) {
                screen.write(bytes, from, length);
            }
        }
    }
}
