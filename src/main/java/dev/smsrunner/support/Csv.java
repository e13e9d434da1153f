package dev.smsrunner.support;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writer of CSV according to RFC 4180: UTF-8, CRLF, quotes only where necessary, doubled inside. */
public final class Csv {

    private final ICSVWriter lines;

    public Csv(OutputStream out) {
        this.lines = new CSVWriterBuilder(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)))
                .withEscapeChar('"')
                .withLineEnd("\r\n")
                .build();
    }

    /** Writes one line, with its formulas escaped; the next {@link #end()} reports an error at the latest. */
    public void line(List<String> cells) {
        lines.writeNext(cells.stream().map(FormulaEscaper::escape).toArray(String[]::new), false);
        if (lines.checkError()) {
            throw new UncheckedIOException(lines.getException());
        }
    }

    /** Flushes all lines to the stream. */
    public void end() throws IOException {
        lines.flush();
        if (lines.checkError()) {
            throw lines.getException();
        }
    }
}
