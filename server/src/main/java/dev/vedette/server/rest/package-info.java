/** The REST interface, the live stream and the files of the dashboard. */
@NullMarked
package dev.vedette.server.rest;

import org.jspecify.annotations.NullMarked;
