package dev.waybill.extraction;

/** What is done with a file, on a thread that may be given up. */
@FunctionalInterface
interface FileWork<T> {

    /** Any failure is taken for the file's, and sorted by {@link Failures}. */
    T on(SpooledFile file) throws Exception;
}
