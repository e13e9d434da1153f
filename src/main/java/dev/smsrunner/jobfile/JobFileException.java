package dev.smsrunner.jobfile;

import java.util.List;
import java.util.stream.Collectors;

/** Invalid job file. The message has one line for each problem. */
public class JobFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    JobFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
