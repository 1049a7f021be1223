/** Who may do what: API keys, roles, and addresses a request may come by. */
@NullMarked
package dev.vedette.server.security;

import org.jspecify.annotations.NullMarked;
