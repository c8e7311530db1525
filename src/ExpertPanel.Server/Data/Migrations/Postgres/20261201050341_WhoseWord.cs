using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExpertPanel.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class WhoseWord : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Contradicts",
                table: "invitations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Authentication",
                table: "inbound_mails",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReplyKey",
                table: "inbound_mails",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SignatureHash",
                table: "inbound_mails",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "mail_confirmations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    MailId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    InvitationId = table.Column<Guid>(type: "uuid", nullable: false),
                    ExpertId = table.Column<Guid>(type: "uuid", nullable: false),
                    NewAddress = table.Column<string>(type: "text", nullable: true),
                    TokenHash = table.Column<string>(type: "text", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Answer = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mail_confirmations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "mail_notices",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sender = table.Column<string>(type: "text", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    MailId = table.Column<Guid>(type: "uuid", nullable: false),
                    LetterId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mail_notices", x => new { x.TenantId, x.Sender, x.Day });
                });

            migrationBuilder.CreateIndex(
                name: "IX_inbound_mails_MatterId",
                table: "inbound_mails",
                column: "MatterId");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_mails_TenantId_ReplyKey",
                table: "inbound_mails",
                columns: new[] { "TenantId", "ReplyKey" },
                unique: true,
                filter: "\"ReplyKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_mails_TenantId_SignatureHash",
                table: "inbound_mails",
                columns: new[] { "TenantId", "SignatureHash" },
                filter: "\"SignatureHash\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_mail_confirmations_InvitationId",
                table: "mail_confirmations",
                column: "InvitationId");

            migrationBuilder.CreateIndex(
                name: "IX_mail_confirmations_TenantId_MailId_Kind",
                table: "mail_confirmations",
                columns: new[] { "TenantId", "MailId", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mail_confirmations_TokenHash",
                table: "mail_confirmations",
                column: "TokenHash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mail_confirmations");

            migrationBuilder.DropTable(
                name: "mail_notices");

            migrationBuilder.DropIndex(
                name: "IX_inbound_mails_MatterId",
                table: "inbound_mails");

            migrationBuilder.DropIndex(
                name: "IX_inbound_mails_TenantId_ReplyKey",
                table: "inbound_mails");

            migrationBuilder.DropIndex(
                name: "IX_inbound_mails_TenantId_SignatureHash",
                table: "inbound_mails");

            migrationBuilder.DropColumn(
                name: "Contradicts",
                table: "invitations");

            migrationBuilder.DropColumn(
                name: "Authentication",
                table: "inbound_mails");

            migrationBuilder.DropColumn(
                name: "ReplyKey",
                table: "inbound_mails");

            migrationBuilder.DropColumn(
                name: "SignatureHash",
                table: "inbound_mails");
        }
    }
}
