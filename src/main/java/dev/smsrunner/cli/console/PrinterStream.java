package dev.smsrunner.cli.console;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Stdout or stderr of this process, in UTF-8 whatever the locale says. */
final class PrinterStream extends PrintStream {

    private final Printer printer;
    private final PrinterLane lane;

    PrinterStream(Printer printer, PrinterLane lane) {
        super(printer.entry(lane), false, StandardCharsets.UTF_8); // a flush would part a line from its end
        this.printer = printer;
        this.lane = lane;
    }

    /** Prints a drawing; a slow reader gets it as it is when the reader is ready for it. */
    static void draw(PrintStream out, Supplier<String> drawing) {
        if (!(out instanceof PrinterStream printed) || !printed.printer.draw(printed.lane, drawing)) {
            out.print(drawing.get());
            out.flush();
        }
    }

    /** From now on no thread that prints to either stream of the process waits for the reader. */
    void detach() {
        printer.detach();
    }

    /** From now on nothing is printed any more. */
    void silence() {
        printer.silence(lane);
    }

    /**
     * Waits until everything that was printed is written.
     *
     * @return whether some of it was lost, since the reader is gone or takes nothing any more
     */
    @Override
    public boolean checkError() {
        boolean failed = super.checkError();
        return !printer.await(lane) || failed;
    }
}
