package dev.waybill.platform.mongo;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;

/** Validates the connection string of MongoDB before anything connects. */
public final class MongoUri {

    private MongoUri() {}

    /**
     * What is wrong with it.
     *
     * @return null when it can be used; never holds any part of the address, which has a password in it
     */
    public static @Nullable String problemOf(String uri) {
        if (!uri.startsWith("mongodb://") && !uri.startsWith("mongodb+srv://")) {
            return "does not start with mongodb:// or mongodb+srv://";
        }
        if (uri.startsWith("mongodb+srv://")) {
            // Parsing this form queries the DNS, which may be away for a moment: the driver itself will report it.
            return null;
        }
        try {
            return new ConnectionString(uri).getDatabase() == null ? "names no database" : null;
        } catch (IllegalArgumentException e) {
            return "is no address that the MongoDB driver understands (a password must be percent-encoded)";
        }
    }
}
