namespace ExpertPanel.Tests.Fixtures;

/// <summary>The servers' settings: loopback only, high ports, one unprivileged account runs everything, nothing outside the folder is touched.</summary>
internal sealed record MailLoopConfiguration(string Folder, string User, string Group, int SmtpPort, int LmtpPort, int ImapPort)
{
    public const string Password = "pw";

    public static readonly string[] Mailboxes = ["opinions@panel.test", "panel@panel.test", "rev1@reviewer.test", "rev2@reviewer.test", "away@reviewer.test"];

    public string Passwords => string.Concat(Mailboxes.Select(mailbox => $"{mailbox}:{{PLAIN}}{Password}\n"));

    /// <summary>away@reviewer.test is on leave and says so, once to each sender.</summary>
    public static string AwaySieve => "require [\"vacation\"];\nvacation :days 1 :subject \"Out of office\" \"I am away until Monday.\";\n";

    public string Dovecot => $$"""
        protocols = imap lmtp
        listen = 127.0.0.1
        base_dir = {{Folder}}/dovecot/run
        state_dir = {{Folder}}/dovecot/state
        log_path = {{Folder}}/dovecot/dovecot.log
        ssl = no
        disable_plaintext_auth = no
        default_internal_user = {{User}}
        default_internal_group = {{Group}}
        default_login_user = {{User}}
        first_valid_uid = 1
        mail_fsync = never
        mail_location = maildir:~/Maildir
        recipient_delimiter = +
        passdb {
          driver = passwd-file
          args = scheme=PLAIN username_format=%u {{Folder}}/users.passwd
        }
        userdb {
          driver = static
          args = uid={{User}} gid={{Group}} home={{Folder}}/users/%u
        }
        service anvil {
          chroot =
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{ImapPort}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        service lmtp {
          inet_listener lmtp {
            address = 127.0.0.1
            port = {{LmtpPort}}
          }
        }
        service stats {
          chroot =
        }
        namespace inbox {
          inbox = yes
        }
        submission_host = 127.0.0.1:{{SmtpPort}}
        protocol lmtp {
          mail_plugins = sieve
          postmaster_address = postmaster@panel.test
        }
        plugin {
          sieve = file:~/sieve;active=~/.dovecot.sieve
        }

        """;

    /// <summary>Refuses nosuchuser@, greylists greylist@, relays nothing; whom Dovecot does not know gets a real delivery report.</summary>
    public string Exim => $$"""
        primary_hostname = mx.panel.test
        exim_path = /usr/sbin/exim4
        keep_environment =
        exim_user = {{User}}
        exim_group = {{Group}}
        never_users =
        spool_directory = {{Folder}}/exim/spool
        log_file_path = {{Folder}}/exim/log/%slog
        pid_file_path = {{Folder}}/exim/exim.pid
        daemon_smtp_ports = {{SmtpPort}}
        local_interfaces = 127.0.0.1
        deliver_drop_privilege = true
        disable_ipv6 = true
        tls_advertise_hosts =
        host_lookup =
        rfc1413_hosts =
        rfc1413_query_timeout = 0s
        helo_allow_chars = _
        message_size_limit = 25M
        smtp_accept_max = 100
        received_headers_max = 30
        domainlist local_domains = panel.test : reviewer.test
        acl_smtp_rcpt = acl_rcpt
        begin acl
        acl_rcpt:
          defer  local_parts = greylist
                 message = 451 greylisted, try later
          deny   local_parts = nosuchuser
                 message = 550 no such user
          accept domains = +local_domains
          deny   message = relay not permitted
        begin routers
        local:
          driver = accept
          domains = +local_domains
          local_part_suffix = +*
          local_part_suffix_optional
          transport = lmtp
        begin transports
        lmtp:
          driver = smtp
          protocol = lmtp
          hosts = 127.0.0.1
          hosts_override
          port = {{LmtpPort}}
          allow_localhost
          rcpt_include_affixes
        begin retry
        *  *  F,2m,5s
        begin rewrite
        begin authenticators

        """;
}
