package dev.waybill.platform.storage.s3;

import dev.waybill.testing.RealStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** The S3 servers that storage is tried on. Each is one for this JVM: tests keep to keys of their own. */
enum S3Servers {
    EMBEDDED {
        @Override
        LocalStorage storage() {
            return Embedded.STORAGE;
        }
    },
    LOCALSTACK {
        @Override
        LocalStorage storage() {
            RealStores.requireDocker();
            return LocalStack.STORAGE;
        }
    },
    MINIO {
        @Override
        LocalStorage storage() {
            RealStores.requireDocker();
            return Minio.STORAGE;
        }
    };

    private static final String BUCKET = "waybill-storage";

    /** Not to be closed. Where there is no Docker for it, the test is skipped. */
    abstract LocalStorage storage();

    private static final class Embedded {

        static final LocalStorage STORAGE = LocalStorage.start(folder(), 0);

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("waybill-s3");
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class LocalStack {

        static final LocalStorage STORAGE = LocalStorage.at(RealStores.localStack(BUCKET));
    }

    private static final class Minio {

        static final LocalStorage STORAGE = LocalStorage.at(RealStores.minio(BUCKET));
    }
}
