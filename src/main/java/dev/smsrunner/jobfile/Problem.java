package dev.smsrunner.jobfile;

/**
 * Problem of a job file, printed as {@code file:line:col: key: problem; advice}.
 *
 * @param file path of the job file as given, or {@code --set} for a value of the command line
 * @param line the line, from 1; 0 when there is none
 * @param column the character in the line, from 1; 0 when there is none
 * @param key dotted key; empty for the whole file
 * @param what the problem; never contains a secret
 * @param advice remedy
 */
public record Problem(String file, int line, int column, String key, String what, String advice) {

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line + ":" + column + ": " : file + ": ";
        return place + (key.isEmpty() ? "" : key + ": ") + what + "; " + advice;
    }
}
