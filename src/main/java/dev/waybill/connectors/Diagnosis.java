package dev.waybill.connectors;

/** Error codes of sources. They are stable: answers, ledgers and metrics contain them. */
public enum Diagnosis {
    /** The key, or its secret, is wrong. */
    INVALID_CREDENTIALS(Reach.RUN),
    /** Credentials that were valid once have expired. */
    EXPIRED_CREDENTIALS(Reach.RUN),
    /** The credentials may not list. */
    ACCESS_DENIED(Reach.RUN),
    BUCKET_NOT_FOUND(Reach.RUN),
    PATH_NOT_FOUND(Reach.RUN),
    WRONG_REGION(Reach.RUN),
    /** The bucket is requester-pays, and the connection does not pay. */
    REQUESTER_PAYS(Reach.RUN),
    CLOCK_SKEW(Reach.RUN),
    TLS(Reach.RUN),
    /** The source cannot be reached, or breaks off; also an address that may not be connected to. */
    NETWORK(Reach.RUN),
    /** The provider's own quota is reached. */
    QUOTA(Reach.RUN),
    /** It does not answer as such a store should, for example with a listing that repeats itself. */
    BROKEN_LISTING(Reach.RUN),
    ACCESS_DENIED_READ(Reach.FILE),
    KMS_DENIED(Reach.FILE),
    ARCHIVED(Reach.FILE),
    CHANGED_DURING_READ(Reach.FILE),
    VANISHED(Reach.FILE),
    NOT_DOWNLOADABLE(Reach.FILE),
    /** The provider is still preparing it. */
    NOT_READY(Reach.FILE),
    INTEGRITY_MISMATCH(Reach.FILE),
    TOO_LARGE(Reach.FILE),
    UNSUPPORTED(Reach.FILE),
    /** The provider throttles: 429, SlowDown. */
    THROTTLED(Reach.PACE);

    private final Reach reach;

    Diagnosis(Reach reach) {
        this.reach = reach;
    }

    /** The scope of the error. */
    public enum Reach {
        /** Nothing can go on. */
        RUN,
        /** One file. */
        FILE,
        /** How fast it may go. */
        PACE
    }

    public Reach reach() {
        return reach;
    }
}
