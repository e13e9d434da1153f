package dev.smsrunner.jobfile;

import java.util.List;
import java.util.stream.Collectors;

/** A job file that cannot be used, with all the reasons; its message has one line for each. */
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
