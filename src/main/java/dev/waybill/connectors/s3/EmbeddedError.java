package dev.waybill.connectors.s3;

/** A store answered 200 and then told of an error in the body. */
final class EmbeddedError extends RuntimeException {

    private final String code;

    EmbeddedError(String code) {
        super("200 with an error inside");
        this.code = code;
    }

    String code() {
        return code;
    }
}
