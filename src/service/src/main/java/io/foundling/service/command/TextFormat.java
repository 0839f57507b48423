package io.foundling.service.command;

/** How an answer that is no list is written. */
enum TextFormat {
    /** For people. */
    TEXT,
    /** As the API answers. */
    JSON
}
