package dev.waybill.connectors.s3;

/** An error document in a response with status 200. */
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
