package dev.smsrunner.cli.console;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Stdout or stderr of this process, in UTF-8 regardless of the locale. */
final class PrinterStream extends PrintStream {

    private final Printer printer;
    private final PrinterLane lane;

    PrinterStream(Printer printer, PrinterLane lane) {
        super(printer.entry(lane), false, StandardCharsets.UTF_8); // auto-flush would separate a line from its end
        this.printer = printer;
        this.lane = lane;
    }

    /** Prints a drawing; for a slow reader it is rendered when the reader is ready. */
    static void draw(PrintStream out, Supplier<String> drawing) {
        if (!(out instanceof PrinterStream printed) || !printed.printer.draw(printed.lane, drawing)) {
            out.print(drawing.get());
            out.flush();
        }
    }

    /** Detaches both streams of the process from their readers. */
    void detach() {
        printer.detach();
    }

    /** Discards all pending and later output. */
    void silence() {
        printer.silence(lane);
    }

    /**
     * Waits until all output is written.
     *
     * @return whether output was lost, because the reader is gone or stuck
     */
    @Override
    public boolean checkError() {
        boolean failed = super.checkError();
        return !printer.await(lane) || failed;
    }
}
