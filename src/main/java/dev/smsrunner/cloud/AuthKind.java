package dev.smsrunner.cloud;

/** Authentication method: {@code service.auth} of the job file. */
public enum AuthKind {
    /** Access key and secret key; signs each request. */
    AKSK,
    /** Existing token in {@code X-Auth-Token}. */
    TOKEN,
    /** Token from IAM for a user name and a password. */
    PASSWORD
}
