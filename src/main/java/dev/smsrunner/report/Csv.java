package dev.smsrunner.report;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes lines of CSV as RFC 4180 has them: UTF-8, CRLF, quotes only where they are needed and doubled within. */
final class Csv {

    private final ICSVWriter lines;

    Csv(OutputStream out) {
        this.lines = new CSVWriterBuilder(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)))
                .withEscapeChar('"')
                .withLineEnd("\r\n")
                .build();
    }

    /** One line; an error shows here at the latest with the next {@link #end()}. */
    void line(List<String> cells) {
        lines.writeNext(cells.toArray(String[]::new), false);
        if (lines.checkError()) {
            throw new UncheckedIOException(lines.getException());
        }
    }

    /** All lines are with the stream from now on. */
    void end() throws IOException {
        lines.flush();
        if (lines.checkError()) {
            throw lines.getException();
        }
    }
}
