package dev.smsrunner.jobfile;

/**
 * One reason why a job file is refused, printed as {@code file:line:col: key: what; what to do}.
 *
 * @param file the job file as it was named, or {@code --set} for a value of the command line
 * @param line the line, from 1; 0 when there is none
 * @param column the character in the line, from 1; 0 when there is none
 * @param key the dotted key, or empty when the whole file is meant
 * @param what what is wrong, never with a secret in it
 * @param advice what to do now
 */
public record Problem(String file, int line, int column, String key, String what, String advice) {

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line + ":" + column + ": " : file + ": ";
        return place + (key.isEmpty() ? "" : key + ": ") + what + "; " + advice;
    }
}
