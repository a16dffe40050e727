// Names below localhost are loopback (RFC 6761 6.3); plain glibc does not resolve them.
'use strict';
const dns = require('node:dns');
const lookup = dns.lookup;
dns.lookup = function (name, options, callback) {
  return lookup.call(dns, /\.localhost$/i.test(name) ? 'localhost' : name, options, callback);
};
